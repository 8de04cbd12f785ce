package com.portfolio.infra.utilities.resilience;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How often a call that failed for a passing reason is made again, and when.
 *
 * <p>Before the n-th repetition passes a random time between nothing and {@code base * 2^(n-1)}, at most
 * {@code cap} (exponential back-off with full jitter), so that callers who failed together do not come back
 * together. If the failure says when to come back ({@link RetryAfter}) that time passes first.
 *
 * <p>No attempt begins after the deadline: a wait that would not end before it is not begun, and the last failure
 * comes out.
 *
 * @param maxAttempts the greatest number of attempts, the first one included; at least 1
 * @param base        the longest wait before the first repetition
 * @param cap         the longest wait before any repetition; at least {@code base}
 * @param deadline    how long after its beginning a call may still begin an attempt
 * @param budget      how much load the repetitions of all calls may add
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration cap, Duration deadline, RetryBudget budget) {

    private static final RetryPolicy DEFAULTS = new RetryPolicy(
            3, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(30), RetryBudget.defaults());
    private static final int MAX_DOUBLINGS = 30;

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException with everything that is out of range
     */
    public RetryPolicy {
        Objects.requireNonNull(budget, "budget");
        Problems problems = new Problems("A retry policy");
        problems.require(maxAttempts >= 1, "needs maxAttempts of at least 1, not " + maxAttempts);
        problems.requireTime("base", base);
        problems.requireTime("cap", cap);
        problems.requireTime("deadline", deadline);
        problems.require(cap.compareTo(base) >= 0, "needs a cap of at least the base of " + base + ", not " + cap);
        problems.throwIfAny();
    }

    /** Three attempts, waits of up to 100 ms and 200 ms, a deadline of 30 s, and the default budget. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt, and no other. */
    public static RetryPolicy never() {
        return builder().maxAttempts(1).build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** A builder that starts from this policy. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    boolean repeats() {
        return maxAttempts > 1;
    }

    /**
     * How long to wait after an attempt, in nanoseconds.
     *
     * @param failedAttempt the number of the attempt that failed, from 1
     */
    long delayNanosAfter(int failedAttempt, RandomGenerator random) {
        double grown = base.toNanos() * (double) (1L << Math.min(failedAttempt - 1, MAX_DOUBLINGS));
        long longest = (long) Math.min((double) cap.toNanos(), grown);
        return random.nextLong(longest + 1);
    }

    /** Changes single settings; each method sets the component of its name. */
    public static final class Builder {

        private int maxAttempts;
        private Duration base;
        private Duration cap;
        private Duration deadline;
        private RetryBudget budget;

        private Builder(RetryPolicy policy) {
            this.maxAttempts = policy.maxAttempts;
            this.base = policy.base;
            this.cap = policy.cap;
            this.deadline = policy.deadline;
            this.budget = policy.budget;
        }

        public Builder maxAttempts(int value) {
            this.maxAttempts = value;
            return this;
        }

        public Builder base(Duration value) {
            this.base = value;
            return this;
        }

        public Builder cap(Duration value) {
            this.cap = value;
            return this;
        }

        public Builder deadline(Duration value) {
            this.deadline = value;
            return this;
        }

        public Builder budget(RetryBudget value) {
            this.budget = value;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException with everything that is out of range
         */
        public RetryPolicy build() {
            return new RetryPolicy(maxAttempts, base, cap, deadline, budget);
        }
    }
}
