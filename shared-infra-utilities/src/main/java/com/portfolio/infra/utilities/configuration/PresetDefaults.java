package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.connection.PoolSettings;
import java.time.Duration;

/** What depends on whether the database may fall asleep. */
@SuppressWarnings("ImmutableEnumChecker") // a record of immutable values, which it can't know
enum PresetDefaults {
    ALWAYS_ON(PoolSettings.alwaysOn(), Duration.ofSeconds(1)),
    SCALE_TO_ZERO(PoolSettings.scaleToZero(), Duration.ofHours(1));

    private final PoolSettings pool;
    private final Duration maxPollInterval;

    PresetDefaults(PoolSettings pool, Duration maxPollInterval) {
        this.pool = pool;
        this.maxPollInterval = maxPollInterval;
    }

    static PresetDefaults of(DatabaseConfig.Preset preset) {
        return preset == DatabaseConfig.Preset.SCALE_TO_ZERO ? SCALE_TO_ZERO : ALWAYS_ON;
    }

    PoolSettings pool() {
        return pool;
    }

    Duration maxPollInterval() {
        return maxPollInterval;
    }
}
