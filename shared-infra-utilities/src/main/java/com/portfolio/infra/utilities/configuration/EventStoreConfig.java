package com.portfolio.infra.utilities.configuration;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where events are kept.
 *
 * @param provider           what keeps them
 * @param database           the database, with {@link Provider#NEON} and {@link Provider#POSTGRES}
 * @param pollInterval       how often the log is asked for news while it has some
 * @param maxPollInterval    how often it is asked after it had none for long
 * @param filterWindow       how many events one page of a filtered log looks at
 */
public record EventStoreConfig(
        Provider provider,
        Optional<DatabaseConfig> database,
        Duration pollInterval,
        Duration maxPollInterval,
        int filterWindow) {

    /** What keeps events. */
    public enum Provider {
        /** A database of Neon's. */
        NEON,
        /** Another PostgreSQL. */
        POSTGRES,
        /** This process, for tests and for trying things out. */
        MEMORY,
        /** Nothing: the service has no events of its own. */
        NONE
    }

    public EventStoreConfig {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(pollInterval, "pollInterval");
        Objects.requireNonNull(maxPollInterval, "maxPollInterval");
    }
}
