package com.portfolio.infra.utilities.configuration;

import java.time.Duration;
import java.util.Optional;

/** The values of those variables whose default depends on others. */
final class DatabaseDefaults {

    private final Settings settings;
    private final DatabaseConfig.Preset preset;

    DatabaseDefaults(Settings settings) {
        this.settings = settings;
        this.preset = settings.given(Variables.DB_PRESET)
                .orElse(isNeon() ? DatabaseConfig.Preset.SCALE_TO_ZERO : DatabaseConfig.Preset.ALWAYS_ON);
    }

    private boolean isNeon() {
        return settings.get(Variables.EVENT_STORE_PROVIDER) == EventStoreConfig.Provider.NEON
                || projections() == ProjectionsConfig.Provider.NEON
                || settings.get(Variables.SCHEMA_REGISTRY_PROVIDER) == SchemaRegistryConfig.Provider.NEON;
    }

    /** By default, where the events are. */
    ProjectionsConfig.Provider projections() {
        Optional<ProjectionsConfig.Provider> given = settings.given(Variables.PROJECTION_STORE_PROVIDER);
        return given.orElseGet(() -> switch (settings.get(Variables.EVENT_STORE_PROVIDER)) {
            case NEON -> ProjectionsConfig.Provider.NEON;
            case POSTGRES -> ProjectionsConfig.Provider.POSTGRES;
            case MEMORY -> ProjectionsConfig.Provider.MEMORY;
            case NONE -> ProjectionsConfig.Provider.NONE;
        });
    }

    DatabaseConfig.Preset preset() {
        return preset;
    }

    int minIdle() {
        int usual = Math.min(PresetDefaults.of(preset).pool().minIdle(), settings.get(Variables.DB_POOL_SIZE));
        return settings.given(Variables.DB_POOL_MIN_IDLE).orElse(usual);
    }

    Duration idleTimeout() {
        return settings.given(Variables.DB_POOL_IDLE_TIMEOUT)
                .orElse(PresetDefaults.of(preset).pool().idleTimeout());
    }

    Duration keepAlive() {
        return settings.given(Variables.DB_POOL_KEEP_ALIVE)
                .orElse(PresetDefaults.of(preset).pool().keepAlive());
    }

    Duration maxLifetime() {
        return settings.given(Variables.DB_POOL_MAX_LIFETIME)
                .orElse(PresetDefaults.of(preset).pool().maxLifetime());
    }

    Duration maxPollInterval() {
        return settings.given(Variables.EVENT_LOG_MAX_POLL_INTERVAL)
                .orElse(PresetDefaults.of(preset).maxPollInterval());
    }
}
