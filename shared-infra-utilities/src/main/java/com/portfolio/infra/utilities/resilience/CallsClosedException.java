package com.portfolio.infra.utilities.resilience;

/** A call that was not begun, as its {@link Resilience} is closed: tells it from what a call itself may throw. */
final class CallsClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    CallsClosedException(String name) {
        super("The calls to '" + name + "' are closed.");
    }
}
