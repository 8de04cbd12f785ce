package com.portfolio.infra.utilities.resilience;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;

/** What the tests have in common. */
final class Policies {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration NO_TIME = Duration.ofNanos(1);

    private Policies() {}

    /** The defaults, without waits and without a budget. */
    static RetryPolicy.Builder atOnce() {
        return RetryPolicy.builder().base(NO_TIME).cap(NO_TIME).budget(RetryBudget.unlimited());
    }

    static RetryPolicy attempts(int attempts) {
        return atOnce().maxAttempts(attempts).build();
    }

    /** Opens after four calls of which half failed. */
    static CircuitBreakerPolicy.Builder smallBreaker() {
        return CircuitBreakerPolicy.builder()
                .window(CallWindow.ofCalls(4))
                .minimumCalls(4)
                .trialCalls(2);
    }

    static IOException away() {
        return new ConnectException("Connection refused");
    }
}
