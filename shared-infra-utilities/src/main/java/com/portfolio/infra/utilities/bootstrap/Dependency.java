package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.health.HealthCheck;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What an adapter talks to. Adapters that talk to the same, as the event store and the projections of one database do,
 * are given the same dependency: they then share one circuit breaker, retry budget and bulkhead, and its health is
 * looked at once.
 *
 * @param name     what people call it, such as {@code database}; the name of its health check
 * @param system   its technology, as metrics name it: {@code postgresql}, {@code kafka}, {@code memory}
 * @param health   whether it works
 * @param patience how long a call to it waits by itself for it to come back, as that of a pool of connections does; a
 *                 call that failed after as long is not repeated, and one that waited is not slow; empty if it does not
 *                 wait
 */
public record Dependency(String name, String system, HealthCheck health, Optional<Duration> patience) {

    /** One whose calls wait for nothing. */
    public Dependency(String name, String system, HealthCheck health) {
        this(name, system, health, Optional.empty());
    }

    public Dependency {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(patience, "patience");
    }
}
