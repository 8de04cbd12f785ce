package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where schemas of events are kept.
 *
 * @param provider what keeps them
 * @param database the database, with {@link Provider#NEON} and {@link Provider#POSTGRES}; that of the events
 * @param url      where the registry is, with {@link Provider#CONFLUENT}
 * @param username who asks, where the registry wants to know
 * @param password the password of that user
 */
public record SchemaRegistryConfig(
        Provider provider,
        Optional<DatabaseConfig> database,
        Optional<URI> url,
        Optional<String> username,
        Optional<Secret> password) {

    /** What keeps schemas. */
    public enum Provider {
        /** A database of Neon's. */
        NEON,
        /** Another PostgreSQL. */
        POSTGRES,
        /** A registry that speaks Confluent's REST. */
        CONFLUENT,
        /** This process, for tests and for trying things out. */
        MEMORY,
        /** Nothing. */
        NONE
    }

    public SchemaRegistryConfig {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
    }
}
