package com.portfolio.infra.utilities.eventing;

import java.time.Duration;

/**
 * How often a handler that throws is tried with the same events.
 *
 * @param attempts how often in all; at least 1
 * @param backoff  how long to wait in between
 */
public record HandlerRetry(int attempts, Backoff backoff) {

    public HandlerRetry {
        if (attempts < 1) {
            throw new IllegalArgumentException("A handler needs at least 1 attempt, not " + attempts + ".");
        }
    }

    /** So often, with the default back-off of 100 ms to 10 s. */
    public static HandlerRetry attempts(int attempts) {
        return new HandlerRetry(attempts, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)));
    }
}
