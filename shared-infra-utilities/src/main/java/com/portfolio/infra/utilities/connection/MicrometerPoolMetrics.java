package com.portfolio.infra.utilities.connection;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.Optional;

/**
 * Measures pools with Micrometer, by HikariCP's meters {@code hikaricp.connections.*}, which are tagged with the
 * {@code pool}'s name and go when the pool is closed. The one class here that needs {@code micrometer-core}, which is
 * optional.
 */
public final class MicrometerPoolMetrics extends PoolMetrics {

    private final MeterRegistry registry;

    /** @param registry gets the meters, and is left open */
    public MicrometerPoolMetrics(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    Optional<MetricsTrackerFactory> trackers() {
        return Optional.of(new MicrometerMetricsTrackerFactory(registry));
    }
}
