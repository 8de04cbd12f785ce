package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.Checkpoint;

/** Is told how far a subscription has come, for instance to keep it for the next start. */
@FunctionalInterface
public interface CheckpointListener {

    /**
     * Everything at or before the checkpoint is done with. Called by the thread of the subscription.
     *
     * @throws Exception if it could not be kept: it is tried again as a handler is, and then the
     *         subscription stops
     */
    void reached(Checkpoint checkpoint) throws Exception;
}
