package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.utilities.configuration.ResilienceConfig;
import com.portfolio.infra.utilities.resilience.CallWindow;
import com.portfolio.infra.utilities.resilience.CircuitBreakerPolicy;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.RetryBudget;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One resilience for each dependency, as the configuration says. */
final class Resiliences implements AutoCloseable {

    private static final double PERCENT = 100.0;

    private final ResilienceConfig config;
    private final Optional<Clock> clock;
    private final Map<String, Resilience> byDependency = new LinkedHashMap<>();

    /** @param clock in place of one that nobody sets */
    Resiliences(ResilienceConfig config, Optional<Clock> clock) {
        this.config = config;
        this.clock = clock;
    }

    Resilience of(Dependency dependency) {
        return byDependency.computeIfAbsent(dependency.name(), name -> build(dependency));
    }

    private Resilience build(Dependency dependency) {
        Resilience.Builder builder =
                Resilience.builder(dependency.name()).retry(retry(config)).circuitBreaker(circuitBreaker(config));
        dependency.patience().ifPresent(builder::clientWaits);
        config.timeLimit().ifPresent(builder::timeLimit);
        config.maxConcurrent().ifPresent(builder::bulkhead);
        clock.ifPresent(builder::clock);
        return builder.build();
    }

    static RetryPolicy retry(ResilienceConfig config) {
        ResilienceConfig.Retry retry = config.retry();
        return new RetryPolicy(
                retry.maxAttempts(),
                retry.baseDelay(),
                retry.maxDelay(),
                retry.deadline(),
                new RetryBudget(retry.budgetPercent() / PERCENT, retry.budgetPerSecond()));
    }

    static CircuitBreakerPolicy circuitBreaker(ResilienceConfig config) {
        ResilienceConfig.CircuitBreaking breaker = config.circuitBreaker();
        return new CircuitBreakerPolicy(
                CallWindow.ofCalls(breaker.window()),
                breaker.minCalls(),
                breaker.failurePercent() / PERCENT,
                breaker.slowCall(),
                breaker.slowPercent() / PERCENT,
                breaker.openTime(),
                breaker.halfOpenCalls(),
                breaker.halfOpenTime());
    }

    @Override
    public void close() {
        byDependency.values().forEach(Resilience::close);
    }
}
