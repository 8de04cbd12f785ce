package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.utilities.messaging.MessageWire;
import java.util.Objects;

/** Calls a handler with a message as it came from the broker. */
final class HandlerCall<T> {

    private final MessageWire wire;
    private final Class<T> payload;
    private final MessageHandler<T> handler;

    HandlerCall(MessageWire wire, Class<T> payload, MessageHandler<T> handler) {
        this.wire = wire;
        this.payload = payload;
        this.handler = handler;
    }

    Outcome run(Attempt attempt) {
        Message<T> message;
        try {
            message = wire.decode(attempt.wire(), payload);
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
