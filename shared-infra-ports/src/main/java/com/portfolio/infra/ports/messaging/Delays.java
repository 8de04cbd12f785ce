package com.portfolio.infra.ports.messaging;

import java.time.Duration;
import java.util.Objects;

final class Delays {

    static final Duration LONGEST = Duration.ofDays(1);

    private Delays() {}

    static boolean isDelay(Duration duration) {
        return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    }

    static void check(Duration duration, String what) {
        Objects.requireNonNull(duration, what);
        if (!isDelay(duration)) {
            throw new IllegalArgumentException(
                    what + " must not be negative nor longer than a day, but is " + duration + ".");
        }
    }
}
