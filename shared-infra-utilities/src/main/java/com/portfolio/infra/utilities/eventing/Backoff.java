package com.portfolio.infra.utilities.eventing;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again: twice as long each time, up to a limit, and shortened at random
 * by up to half, so that many that failed together do not come back together.
 *
 * @param first the longest wait before the second try; positive
 * @param max   the longest wait of all; at least {@code first}
 */
public record Backoff(Duration first, Duration max) {

    private static final int MAX_DOUBLINGS = 20;

    public Backoff {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("A back-off needs a positive first wait and a longest one that is not"
                    + " shorter, not " + first + " and " + max + ".");
        }
    }

    /** The wait after a number of failures, from 1. */
    Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS);
        long longest = Math.max(1, Math.min(doubled, max.toMillis()));
        return Duration.ofMillis(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}
