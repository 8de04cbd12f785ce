package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.secrets.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The database that event store, projections and schema registry share.
 *
 * @param url                    where it is, as Neon's console or pgjdbc writes it
 * @param password               the password, in place of the one in the URL
 * @param schema                 the schema that holds the tables
 * @param tls                    how the server's certificate is checked
 * @param preset                 whether the database may fall asleep
 * @param preparedStatements     whether statements are prepared in the server
 * @param pool                   the connections
 * @param connectTimeout         for one attempt to open a connection
 * @param statementTimeout       after which a call is cancelled
 * @param socketTimeout          after which a silent connection is given up
 * @param inDoubtTimeout         how long an append whose connection broke is repeated
 * @param idleTransactionTimeout after which the server ends an idle transaction that an append joined
 */
public record DatabaseConfig(
        Secret url,
        Optional<Secret> password,
        String schema,
        TlsPolicy tls,
        Preset preset,
        PreparedStatements preparedStatements,
        PoolSettings pool,
        Duration connectTimeout,
        Duration statementTimeout,
        Duration socketTimeout,
        Duration inDoubtTimeout,
        Duration idleTransactionTimeout) {

    /** How the server's certificate is checked. */
    public enum TlsPolicy {
        /** Unless the URL says {@code sslmode=disable} or {@code verify-ca}, or the server is this machine. */
        VERIFY,
        /** As the URL's {@code sslmode} says, to the letter. */
        AS_WRITTEN
    }

    /** Whether the database may fall asleep while nothing happens. */
    public enum Preset {
        /** It stays awake. */
        ALWAYS_ON,
        /** It may. */
        SCALE_TO_ZERO
    }

    /** Whether statements are prepared in the server. */
    public enum PreparedStatements {
        /** Not behind Neon's pooler. */
        UNLESS_POOLED,
        /** Always. */
        ON,
        /** Never. */
        OFF
    }

    public DatabaseConfig {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(preset, "preset");
        Objects.requireNonNull(preparedStatements, "preparedStatements");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(statementTimeout, "statementTimeout");
        Objects.requireNonNull(socketTimeout, "socketTimeout");
        Objects.requireNonNull(inDoubtTimeout, "inDoubtTimeout");
        Objects.requireNonNull(idleTransactionTimeout, "idleTransactionTimeout");
    }
}
