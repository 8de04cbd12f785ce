package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.Correlation;
import java.util.Objects;

/**
 * Handles messages and says what becomes of each.
 *
 * <p>May block. Called by several threads at once, up to the subscription's concurrency, but never for
 * two messages of one key in a {@link Ordering#KEY} subscription. Around the call the bus has a
 * {@link Correlation} scope open: the message's correlation id, its own id where it has none, and the
 * message as the cause.
 *
 * @param <T> the class of the data
 */
@Experimental
@FunctionalInterface
public interface MessageHandler<T> {

    /**
     * Handles a message, possibly not for the first time.
     *
     * @return what becomes of it
     * @throws Exception if it was not handled; the message is redelivered by the subscription's
     *         {@link RedeliveryPolicy}, and other keys go on meanwhile. An {@link Error} counts the same
     */
    HandlerResult handle(Message<T> message, DeliveryContext context) throws Exception;

    /** A handler of events as a handler of messages: returning acknowledges, throwing retries. */
    static <T> MessageHandler<T> of(EventHandler<? super T> handler) {
        Objects.requireNonNull(handler, "handler");
        return (message, context) -> {
            handler.handle(message.data());
            return HandlerResult.ack();
        };
    }
}
