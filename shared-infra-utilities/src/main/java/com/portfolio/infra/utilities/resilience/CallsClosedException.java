package com.portfolio.infra.utilities.resilience;

/** A call that was not begun, as a {@link Resilience} is closed: tells it from other illegal states that a call throws. */
final class CallsClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CallsClosedException(String name) {
        super("The calls to '" + name + "' are closed.");
    }
}
