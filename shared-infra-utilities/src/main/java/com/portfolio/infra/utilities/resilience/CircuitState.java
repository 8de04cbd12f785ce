package com.portfolio.infra.utilities.resilience;

/** What a {@link CircuitBreaker} does with calls. */
public enum CircuitState {
    /** It lets calls through, and counts how they end. */
    CLOSED,
    /** It refuses calls until its time is over. */
    OPEN,
    /** It lets a few trial calls through, and refuses the others. */
    HALF_OPEN,
    /** It refuses calls until an operator says otherwise. */
    FORCED_OPEN,
    /** It lets calls through, and counts them, but does not open until an operator says otherwise. */
    FORCED_CLOSED;

    /** Whether all calls are refused. */
    public boolean isOpen() {
        return this == OPEN || this == FORCED_OPEN;
    }
}
