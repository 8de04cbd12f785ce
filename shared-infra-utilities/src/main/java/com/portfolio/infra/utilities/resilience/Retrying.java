package com.portfolio.infra.utilities.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a failed attempt is followed by another one, and when. Thread-safe. */
final class Retrying {

    /** There is no other attempt. */
    static final long NEVER = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Retrying.class);

    private final String name;
    private final RetryPolicy policy;
    private final Ticker ticker;
    private final FailureKinds kinds;
    private final RandomGenerator random;
    private final RetryTokens tokens;

    /** An attempt that took this long before it failed has been repeated, or has waited, by itself. */
    private final long enoughNanos;

    /** @param patience how long the dependency's client waits by itself; null if it does not */
    Retrying(
            String name,
            RetryPolicy policy,
            @Nullable Duration patience,
            Ticker ticker,
            FailureKinds kinds,
            RandomGenerator random) {
        this.name = name;
        this.policy = policy;
        this.enoughNanos = patience == null ? Long.MAX_VALUE : patience.toNanos() / 10 * 9;
        this.ticker = ticker;
        this.kinds = kinds;
        this.random = random;
        this.tokens = new RetryTokens(policy.budget(), ticker.now());
    }

    RetryPolicy policy() {
        return policy;
    }

    /** How much time a call that began then has left until its deadline, in nanoseconds; 0 or less if none. */
    long leftNanos(long begun) {
        return policy.deadline().toNanos() - (ticker.now() - begun);
    }

    /** A first attempt is made. */
    void called(long now) {
        tokens.called(now);
    }

    /**
     * The time to wait before the next attempt, in nanoseconds, or {@link #NEVER}.
     *
     * @param failedAttempt the number of the attempt that failed, from 1
     * @param begun         when the first attempt began
     * @param attemptBegun  when the attempt that failed began
     */
    long delayNanosAfter(int failedAttempt, long begun, long attemptBegun, Throwable failure) {
        if (failedAttempt >= policy.maxAttempts() || kinds.of(failure) != FailureKind.TRANSIENT) {
            return NEVER;
        }
        long delay = saturatedSum(policy.delayNanosAfter(failedAttempt, random), retryAfterNanos(failure));
        long now = ticker.now();
        if (now - attemptBegun >= enoughNanos) {
            return refused(failedAttempt, failure, "the time that it has waited by itself");
        }
        if (saturatedSum(now - begun, delay) >= policy.deadline().toNanos()) {
            return refused(failedAttempt, failure, "its deadline");
        }
        if (!tokens.tryRepeat(now)) {
            return refused(failedAttempt, failure, "the retry budget");
        }
        LOG.debug(
                "Attempt {} of a call to '{}' failed with {}; it is repeated in {} ms.",
                failedAttempt,
                name,
                failure.getClass().getName(),
                Duration.ofNanos(delay).toMillis());
        return delay;
    }

    private long refused(int failedAttempt, Throwable failure, String by) {
        LOG.debug(
                "Attempt {} of a call to '{}' failed with {}; {} lets it not be repeated.",
                failedAttempt,
                name,
                failure.getClass().getName(),
                by);
        return NEVER;
    }

    /** How long the dependency wants to be left alone; 0 if it said nothing. */
    private static long retryAfterNanos(Throwable failure) {
        return FailureKinds.first(
                        failure,
                        link -> link instanceof RetryAfter said ? said.retryAfter() : Optional.<Duration>empty())
                .filter(time -> !time.isNegative())
                .map(Retrying::nanos)
                .orElse(0L);
    }

    private static long nanos(Duration time) {
        return time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : time.toNanos();
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return a > 0 && b > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }
}
