package com.portfolio.infra.utilities.connection;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.util.Optional;

/** Where the pools of a {@link ConnectionManager} are measured, beside their {@link PoolFigures}. */
public abstract class PoolMetrics {

    PoolMetrics() {}

    /** Nowhere. */
    public static PoolMetrics none() {
        return new None();
    }

    abstract Optional<MetricsTrackerFactory> trackers();

    private static final class None extends PoolMetrics {

        @Override
        Optional<MetricsTrackerFactory> trackers() {
            return Optional.empty();
        }
    }
}
