package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.RecordedEvent;

/** Handles events one at a time. Called by one thread at a time. */
@FunctionalInterface
public interface RecordedEventHandler {

    /**
     * Handles an event. The same event may come again, after a failure or a restart.
     *
     * @throws Exception if it could not be handled
     */
    void handle(RecordedEvent event) throws Exception;
}
