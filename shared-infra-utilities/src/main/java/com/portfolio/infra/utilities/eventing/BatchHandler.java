package com.portfolio.infra.utilities.eventing;

/** Handles events a batch at a time. Called by one thread at a time. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles a batch. The same events may come again, after a failure or a restart, and then perhaps in
     * batches of another size.
     *
     * @throws Exception if not all of it could be handled
     */
    void handle(EventBatch batch) throws Exception;
}
