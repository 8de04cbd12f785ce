package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How often a message is tried, and how long its key waits in between: exponential back-off with jitter.
 *
 * @param maxAttempts the greatest number of attempts, the first one included; at least 1
 * @param firstDelay  before the second attempt; not negative
 * @param multiplier  by what the delay grows from attempt to attempt; at least 1
 * @param maxDelay    the longest delay; at least the first one and at most a day
 * @param jitter      the part of a delay that is left to chance, from 0 (none) to 1 (all of it)
 */
@Experimental
public record RedeliveryPolicy(
        int maxAttempts, Duration firstDelay, double multiplier, Duration maxDelay, double jitter) {

    private static final RedeliveryPolicy DEFAULTS =
            new RedeliveryPolicy(8, Duration.ofMillis(500), 2.0, Duration.ofSeconds(30), 0.5);

    /**
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public RedeliveryPolicy {
        Objects.requireNonNull(firstDelay, "firstDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        List<String> problems = new ArrayList<>();
        if (maxAttempts < 1) {
            problems.add("maxAttempts must be at least 1, not " + maxAttempts);
        }
        if (firstDelay.isNegative()) {
            problems.add("firstDelay must not be negative, but is " + firstDelay);
        }
        if (!(multiplier >= 1 && multiplier <= Double.MAX_VALUE)) {
            problems.add("multiplier must be at least 1 and finite, not " + multiplier);
        }
        if (!Delays.isDelay(maxDelay)) {
            problems.add("maxDelay must not be negative nor longer than a day, but is " + maxDelay);
        }
        if (maxDelay.compareTo(firstDelay) < 0) {
            problems.add(
                    "maxDelay must not be shorter than firstDelay, but " + maxDelay + " is shorter than " + firstDelay);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            problems.add("jitter must be between 0 and 1, not " + jitter);
        }
        Problems.check(problems, "of the redelivery policy");
    }

    /**
     * Eight attempts within about a minute: after half a second, doubled each time up to 30 seconds, half
     * of each delay being left to chance.
     */
    public static RedeliveryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt, and no other. */
    public static RedeliveryPolicy never() {
        return DEFAULTS.maxAttempts(1);
    }

    /** The same delays for another number of attempts, the first one included. */
    public RedeliveryPolicy maxAttempts(int attempts) {
        return new RedeliveryPolicy(attempts, firstDelay, multiplier, maxDelay, jitter);
    }

    /** The same policy with delays that double from {@code first} up to {@code longest}. */
    public RedeliveryPolicy delays(Duration first, Duration longest) {
        return new RedeliveryPolicy(maxAttempts, first, 2.0, longest, jitter);
    }

    /** The same policy with another part of each delay left to chance. */
    public RedeliveryPolicy jitter(double part) {
        return new RedeliveryPolicy(maxAttempts, firstDelay, multiplier, maxDelay, part);
    }

    /** Whether the attempt of that number, counted from 1, was the last one. */
    public boolean isExhaustedAfter(int attempt) {
        return attempt >= maxAttempts;
    }

    /**
     * How long to wait after the attempt of that number failed: at most
     * {@code firstDelay * multiplier^(attempt - 1)} and {@code maxDelay}, less a random part of no more
     * than {@code jitter}.
     *
     * @param attempt the number of the failed attempt, from 1
     * @param random  where chance comes from
     */
    public Duration delayAfter(int attempt, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts are counted from 1; there is no attempt " + attempt + ".");
        }
        // Growth without end makes infinity, or of nothing NaN, which as a long is 0.
        double grown = firstDelay.toNanos() * Math.pow(multiplier, attempt - 1.0);
        double longest = Math.min((double) maxDelay.toNanos(), grown);
        return Duration.ofNanos((long) (longest * (1 - jitter * random.nextDouble())));
    }
}
