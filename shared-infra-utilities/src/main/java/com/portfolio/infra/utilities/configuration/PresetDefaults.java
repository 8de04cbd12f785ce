package com.portfolio.infra.utilities.configuration;

import java.time.Duration;

/** What depends on whether the database may fall asleep. */
enum PresetDefaults {
    ALWAYS_ON(2, Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofSeconds(1)),
    SCALE_TO_ZERO(0, Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(270), Duration.ofHours(1));

    private final int minIdle;
    private final Duration idleTimeout;
    private final Duration keepAlive;
    private final Duration maxLifetime;
    private final Duration maxPollInterval;

    PresetDefaults(
            int minIdle, Duration idleTimeout, Duration keepAlive, Duration maxLifetime, Duration maxPollInterval) {
        this.minIdle = minIdle;
        this.idleTimeout = idleTimeout;
        this.keepAlive = keepAlive;
        this.maxLifetime = maxLifetime;
        this.maxPollInterval = maxPollInterval;
    }

    static PresetDefaults of(DatabaseConfig.Preset preset) {
        return preset == DatabaseConfig.Preset.SCALE_TO_ZERO ? SCALE_TO_ZERO : ALWAYS_ON;
    }

    int minIdle() {
        return minIdle;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    Duration keepAlive() {
        return keepAlive;
    }

    Duration maxLifetime() {
        return maxLifetime;
    }

    Duration maxPollInterval() {
        return maxPollInterval;
    }
}
