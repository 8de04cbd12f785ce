package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthGroup;
import com.portfolio.infra.utilities.health.HealthListener;
import com.portfolio.infra.utilities.health.HealthReport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** What the kit for registries of health checks runs on. */
@FunctionalInterface
public interface HealthRegistryFixture {

    /** A new registry without checks. Its intervals go by the clock, its time limits by real time. */
    Registry open(Clock clock);

    /** How long the kit waits for what has to happen before it says that it did not; 30 s by default. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** A registry, which is a check too. The kit closes each that it opened. */
    interface Registry extends HealthCheck, AutoCloseable {

        void register(String name, HealthCheck check, HealthCheckSettings settings);

        HealthReport checkAll();

        HealthReport check(HealthGroup group);

        void addListener(HealthListener listener);

        /** From now on the service is not ready. */
        void shutdown();

        /**
         * Serves health over HTTP until the registry is closed.
         *
         * @param details whether reasons and details are told
         * @return where; {@code /live} and the others are below
         */
        URI serve(boolean details);

        @Override
        void close();
    }
}
