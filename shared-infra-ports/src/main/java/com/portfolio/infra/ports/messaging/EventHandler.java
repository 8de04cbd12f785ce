package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/**
 * Handles events without regard to how they came.
 *
 * <p>Everything else is as with a {@link MessageHandler}.
 *
 * @param <T> the class of the events
 */
@Experimental
@FunctionalInterface
public interface EventHandler<T> {

    /**
     * Handles an event, possibly not for the first time. Returning acknowledges it.
     *
     * @throws Exception if it was not handled; it is redelivered by the subscription's
     *         {@link RedeliveryPolicy}
     */
    void handle(T event) throws Exception;
}
