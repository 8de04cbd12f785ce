package com.portfolio.infra.utilities.resilience;

/** Is told when a {@link CircuitBreaker} changes its state. */
@FunctionalInterface
public interface CircuitBreakerListener {

    /**
     * The state has changed. Runs on the thread of the call that changed it, and must not block; what it throws is
     * logged, and harms neither the call nor other listeners.
     *
     * @param breaker which breaker
     * @param from    the state before
     * @param to      the state now
     */
    void changed(CircuitBreaker breaker, CircuitState from, CircuitState to);
}
