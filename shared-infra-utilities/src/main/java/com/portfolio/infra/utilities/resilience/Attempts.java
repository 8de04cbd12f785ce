package com.portfolio.infra.utilities.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What stands around one attempt: {@code breaker(time limit(bulkhead(call)))}. Thread-safe.
 *
 * @param name     of the dependency
 * @param ticker   where time comes from
 * @param kinds    what failures say
 * @param breaker  null for none
 * @param limit    null for none
 * @param bulkhead null for none
 * @param workers  where limited calls run
 */
record Attempts(
        String name,
        Ticker ticker,
        FailureKinds kinds,
        @Nullable CircuitBreaker breaker,
        @Nullable Duration limit,
        @Nullable Bulkhead bulkhead,
        Workers workers) {

    /** The same without a time limit, so that the call runs on the caller's thread. */
    Attempts inPlace() {
        return new Attempts(name, ticker, kinds, breaker, null, bulkhead, workers);
    }

    /**
     * Makes an attempt.
     *
     * @param now   the present
     * @param left  the time until the call's deadline, in nanoseconds
     * @param first is told of a first attempt that is really made; null for none
     */
    <T, X extends Exception> T call(ResilientCall<T, X> call, long now, long left, @Nullable Retrying first) throws X {
        CircuitBreaker.@Nullable Phase permission = breaker == null ? null : breaker.acquire();
        if (first != null) {
            first.called(now);
        }
        if (breaker == null || permission == null) {
            return limited(call, left);
        }
        T result;
        try {
            result = limited(call, left);
        } catch (Throwable failure) {
            breaker.failed(permission, ticker.now() - now, kinds.of(failure), failure);
            throw failure;
        }
        breaker.succeeded(permission, ticker.now() - now);
        return result;
    }

    private <T, X extends Exception> T limited(ResilientCall<T, X> call, long left) throws X {
        return limit == null
                ? bulkheaded(call)
                : new TimeLimit(name, workers).call(() -> bulkheaded(call), limitWithin(left));
    }

    /** The limit of an attempt that has so much time left. */
    Duration limitWithin(long left) {
        Duration limited = limit == null ? Duration.ofNanos(left) : limit;
        return Duration.ofNanos(Math.max(1, Math.min(limited.toNanos(), left)));
    }

    private <T, X extends Exception> T bulkheaded(ResilientCall<T, X> call) throws X {
        if (bulkhead == null) {
            return call.call();
        }
        enterBulkhead(bulkhead);
        try {
            return call.call();
        } finally {
            bulkhead.onComplete();
        }
    }

    void enterBulkhead(Bulkhead entered) {
        if (!entered.tryAcquirePermission()) {
            throw new BulkheadFullException(
                    name, entered.getBulkheadConfig().getMaxConcurrentCalls() + " calls are under way already", null);
        }
    }
}
