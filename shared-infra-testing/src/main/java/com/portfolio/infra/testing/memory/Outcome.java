package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.messaging.HandlerResult;

/** How an attempt ended. */
sealed interface Outcome {

    /** The handler said what becomes of the message. */
    record Returned(HandlerResult result) implements Outcome {}

    /** The handler threw. */
    record Threw(Throwable failure) implements Outcome {}

    /** The handler was not called, as there is nothing to call it with. */
    record Undecodable(EventDecodingException failure) implements Outcome {}
}
