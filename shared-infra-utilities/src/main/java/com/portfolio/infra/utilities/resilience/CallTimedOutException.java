package com.portfolio.infra.utilities.resilience;

import java.time.Duration;

/**
 * A call took longer than its time limit. Its thread was interrupted, or its stage left alone; it is unknown whether
 * its work was, or will be, done.
 */
public final class CallTimedOutException extends ResilienceException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    CallTimedOutException(String dependency, Duration limit) {
        super(
                dependency,
                "No answer from '" + dependency + "' within " + limit.toMillis()
                        + " ms; it is unknown whether its work was done.",
                null,
                true);
        this.limit = limit;
    }

    /** How long was waited. */
    public Duration limit() {
        return limit;
    }
}
