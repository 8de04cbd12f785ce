package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.SemanticNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.TimeUnit;

/** How long the calls of the ports took. A service would give the registry of its monitoring system. */
final class Timings {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    /**
     * Calls of one kind.
     *
     * @param count  how many
     * @param millis on average; 0 if there were none
     */
    record Timing(long count, double millis) {}

    /** Measures the calls that it is put around. */
    MetricsMiddleware middleware() {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return new MetricsMiddleware(observations);
    }

    /** Those of a store's operation, whatever became of them. */
    Timing of(String operation) {
        long count = 0;
        double millis = 0;
        for (Timer timer : meters.find(SemanticNames.DB_CLIENT_OPERATION_DURATION)
                .tag(SemanticNames.DB_OPERATION_NAME, operation)
                .timers()) {
            count += timer.count();
            millis += timer.totalTime(TimeUnit.MILLISECONDS);
        }
        return new Timing(count, count == 0 ? 0 : millis / count);
    }
}
