package com.portfolio.infra.utilities.resilience;

/**
 * The circuit breaker refused a call; nothing was sent. The same call may succeed later, but is not repeated by the
 * retry around the breaker. Has no stack trace, as there may be very many.
 */
public final class CircuitOpenException extends ResilienceException {

    private static final long serialVersionUID = 1L;

    private final CircuitState state;

    CircuitOpenException(String dependency, CircuitState state) {
        super(
                dependency,
                "The circuit breaker of '" + dependency + "' is " + words(state) + ", so the call was not made.",
                null,
                true);
        this.state = state;
    }

    private static String words(CircuitState state) {
        return switch (state) {
            case FORCED_OPEN -> "held open by an operator";
            case HALF_OPEN -> "waiting for its trial calls";
            default -> "open";
        };
    }

    /** What the breaker was when it refused the call. */
    public CircuitState state() {
        return state;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
