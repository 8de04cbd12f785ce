package com.portfolio.infra.utilities.configuration;

import java.util.Objects;
import java.util.Optional;

/**
 * Where read models are kept.
 *
 * @param provider   what keeps them
 * @param database   the database, with {@link Provider#NEON} and {@link Provider#POSTGRES}; that of the events
 * @param cloudflare the account and namespace, with {@link Provider#CLOUDFLARE}
 */
public record ProjectionsConfig(
        Provider provider, Optional<DatabaseConfig> database, Optional<CloudflareConfig> cloudflare) {

    /** What keeps read models. */
    public enum Provider {
        /** A database of Neon's. */
        NEON,
        /** Another PostgreSQL. */
        POSTGRES,
        /** Cloudflare's Workers KV. */
        CLOUDFLARE,
        /** This process, for tests and for trying things out. */
        MEMORY,
        /** Nothing. */
        NONE
    }

    public ProjectionsConfig {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(cloudflare, "cloudflare");
    }
}
