package com.portfolio.infra.utilities.resilience;

/**
 * How the calls of a {@link CircuitBreaker}'s window ended.
 *
 * @param calls   how many were counted
 * @param failed  how many of them failed
 * @param slow    how many of them were slow, failed or not
 * @param refused how many calls were not made since the breaker last changed its state
 */
public record CircuitBreakerFigures(int calls, int failed, int slow, long refused) {}
