package com.portfolio.infra.utilities.configuration;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When calls are repeated and refused.
 *
 * @param retry          when calls are repeated
 * @param circuitBreaker when calls are refused because others failed
 * @param timeLimit      how long an attempt is waited for; as long as it takes without it
 * @param maxConcurrent  how many calls of one dependency may be under way; any number without it
 */
public record ResilienceConfig(
        Retry retry, CircuitBreaking circuitBreaker, Optional<Duration> timeLimit, Optional<Integer> maxConcurrent) {

    /**
     * When calls are repeated.
     *
     * @param maxAttempts     how often a call is tried, the first time included
     * @param baseDelay       the longest wait before the second attempt
     * @param maxDelay        the longest wait before any
     * @param deadline        after which no further attempt begins
     * @param budgetPercent   how many repetitions there may be for 100 calls
     * @param budgetPerSecond how many there may be each second besides
     */
    public record Retry(
            int maxAttempts,
            Duration baseDelay,
            Duration maxDelay,
            Duration deadline,
            int budgetPercent,
            int budgetPerSecond) {

        public Retry {
            Objects.requireNonNull(baseDelay, "baseDelay");
            Objects.requireNonNull(maxDelay, "maxDelay");
            Objects.requireNonNull(deadline, "deadline");
        }
    }

    /**
     * When calls are refused because others failed.
     *
     * @param window         how many of the last calls count
     * @param minCalls       how many there must be before the breaker opens
     * @param failurePercent how many failures of 100 calls open it
     * @param slowCall       from when on a call is slow
     * @param slowPercent    how many slow ones of 100 calls open it
     * @param openTime       how long it refuses all calls
     * @param halfOpenCalls  how many it lets through then
     * @param halfOpenTime   how long it waits for them
     */
    public record CircuitBreaking(
            int window,
            int minCalls,
            int failurePercent,
            Duration slowCall,
            int slowPercent,
            Duration openTime,
            int halfOpenCalls,
            Duration halfOpenTime) {

        public CircuitBreaking {
            Objects.requireNonNull(slowCall, "slowCall");
            Objects.requireNonNull(openTime, "openTime");
            Objects.requireNonNull(halfOpenTime, "halfOpenTime");
        }
    }

    public ResilienceConfig {
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(circuitBreaker, "circuitBreaker");
        Objects.requireNonNull(timeLimit, "timeLimit");
        Objects.requireNonNull(maxConcurrent, "maxConcurrent");
    }
}
