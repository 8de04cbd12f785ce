package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageHandler;
import java.util.Objects;

/** Calls a handler with a message as its source received it. */
final class HandlerCall<D extends Delivery, T> {

    private final DeliveryDecoder<? super D, T> decoder;
    private final MessageHandler<T> handler;

    HandlerCall(DeliveryDecoder<? super D, T> decoder, MessageHandler<T> handler) {
        this.decoder = decoder;
        this.handler = handler;
    }

    /** Never throws. */
    Outcome run(D delivery, Attempt attempt) {
        Message<T> message;
        try {
            message = decoder.decode(delivery);
        } catch (EventDecodingException e) {
            return new Outcome.Undecodable(e);
        } catch (Throwable e) {
            // An Error too: it would end the worker, and the message would be held for ever.
            return new Outcome.Undecodable(new EventDecodingException("The codec failed: " + e, e));
        }
        attempt.begin();
        Correlation.Scope scope = Correlation.follow(message.id(), message.correlation());
        try {
            HandlerResult result = handler.handle(message, attempt);
            return new Outcome.Returned(Objects.requireNonNull(result, "The handler returned null."));
        } catch (Throwable e) {
            return new Outcome.Threw(e);
        } finally {
            scope.close();
            attempt.end();
        }
    }
}
