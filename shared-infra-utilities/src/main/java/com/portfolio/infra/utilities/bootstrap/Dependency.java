package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.health.HealthCheck;
import java.util.Objects;

/**
 * What an adapter talks to. Adapters that talk to the same, as the event store and the projections of one database do,
 * are given the same dependency: they then share one circuit breaker, retry budget and bulkhead, and its health is
 * looked at once.
 *
 * @param name   what people call it, such as {@code database}; the name of its health check
 * @param health whether it works
 */
public record Dependency(String name, HealthCheck health) {

    public Dependency {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(health, "health");
    }
}
