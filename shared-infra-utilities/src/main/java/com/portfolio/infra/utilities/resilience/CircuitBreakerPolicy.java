package com.portfolio.infra.utilities.resilience;

import java.time.Duration;
import java.util.Objects;

/**
 * When a {@link CircuitBreaker} opens, and how it comes back.
 *
 * @param window       which calls are looked back on
 * @param minimumCalls how many of them it takes before anything is concluded; no more than a window of calls holds
 * @param failureRate  the part of failed calls from which on the breaker opens, above 0 and up to 1
 * @param slowCall     the time from which on a call counts as slow
 * @param slowRate     the part of slow calls from which on the breaker opens, above 0 and up to 1
 * @param openFor      how long the breaker stays open before it lets trial calls through
 * @param trialCalls   how many trial calls it lets through before it decides; at least 1
 * @param trialsFor    how long the trial calls may take all together; a breaker that still waits for them then, while
 *                     others want to call, opens again
 */
public record CircuitBreakerPolicy(
        CallWindow window,
        int minimumCalls,
        double failureRate,
        Duration slowCall,
        double slowRate,
        Duration openFor,
        int trialCalls,
        Duration trialsFor) {

    private static final CircuitBreakerPolicy DEFAULTS = new CircuitBreakerPolicy(
            CallWindow.ofCalls(50),
            20,
            0.5,
            Duration.ofSeconds(2),
            0.8,
            Duration.ofSeconds(10),
            5,
            Duration.ofSeconds(30));

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException with everything that is out of range
     */
    public CircuitBreakerPolicy {
        Objects.requireNonNull(window, "window");
        Problems problems = new Problems("A circuit breaker's policy");
        problems.require(minimumCalls >= 1, "needs minimumCalls of at least 1, not " + minimumCalls);
        problems.require(
                !(window instanceof CallWindow.Calls calls) || minimumCalls <= calls.number(),
                "needs minimumCalls that fit into its window of calls, not " + minimumCalls);
        requireRate(problems, "failureRate", failureRate);
        problems.requireTime("slowCall", slowCall);
        requireRate(problems, "slowRate", slowRate);
        problems.requireTime("openFor", openFor);
        problems.require(
                openFor.toMillis() > 0 || openFor.isNegative() || openFor.isZero(),
                "needs an openFor of at least 1 ms, not " + openFor);
        problems.require(trialCalls >= 1, "needs at least 1 of trialCalls, not " + trialCalls);
        problems.requireTime("trialsFor", trialsFor);
        problems.throwIfAny();
    }

    private static void requireRate(Problems problems, String name, double value) {
        problems.require(value > 0 && value <= 1, "needs a " + name + " above 0 and up to 1, not " + value);
    }

    /**
     * Opens for 10 seconds when of the last 50 calls, at least 20, half failed or four fifths took 2 seconds; then 5
     * trial calls within 30 seconds decide.
     */
    public static CircuitBreakerPolicy defaults() {
        return DEFAULTS;
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** A builder that starts from this policy. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Changes single settings; each method sets the component of its name. */
    public static final class Builder {

        private CallWindow window;
        private int minimumCalls;
        private double failureRate;
        private Duration slowCall;
        private double slowRate;
        private Duration openFor;
        private int trialCalls;
        private Duration trialsFor;

        private Builder(CircuitBreakerPolicy policy) {
            this.window = policy.window;
            this.minimumCalls = policy.minimumCalls;
            this.failureRate = policy.failureRate;
            this.slowCall = policy.slowCall;
            this.slowRate = policy.slowRate;
            this.openFor = policy.openFor;
            this.trialCalls = policy.trialCalls;
            this.trialsFor = policy.trialsFor;
        }

        public Builder window(CallWindow value) {
            this.window = value;
            return this;
        }

        public Builder minimumCalls(int value) {
            this.minimumCalls = value;
            return this;
        }

        public Builder failureRate(double value) {
            this.failureRate = value;
            return this;
        }

        public Builder slowCall(Duration value) {
            this.slowCall = value;
            return this;
        }

        public Builder slowRate(double value) {
            this.slowRate = value;
            return this;
        }

        public Builder openFor(Duration value) {
            this.openFor = value;
            return this;
        }

        public Builder trialCalls(int value) {
            this.trialCalls = value;
            return this;
        }

        public Builder trialsFor(Duration value) {
            this.trialsFor = value;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws IllegalArgumentException with everything that is out of range
         */
        public CircuitBreakerPolicy build() {
            return new CircuitBreakerPolicy(
                    window, minimumCalls, failureRate, slowCall, slowRate, openFor, trialCalls, trialsFor);
        }
    }
}
