package com.portfolio.infra.testing.server;

import java.sql.SQLException;
import org.postgresql.util.PasswordUtil;

/**
 * A PostgreSQL server on which tests make databases and roles of their own. Thread-safe.
 *
 * <p>What starts, stops and kills a server is with {@link PostgresServer}: a test can't stop a server that
 * others share.
 */
public sealed interface Postgres permits PostgresServer, ExistingPostgres {

    /** System property with the URL of a running server that {@link #shared()} then uses. */
    String URL_PROPERTY = "shared.infra.postgres.url";

    /**
     * The server that all tests of this JVM share: the one that the system property {@value #URL_PROPERTY}
     * names, or an embedded one, started on first use and stopped when the JVM ends. The embedded one does not
     * wait for the disk ({@code fsync} is off).
     */
    static Postgres shared() {
        return SharedPostgres.instance();
    }

    /** The superuser in the database that it administers the server from. */
    PostgresDatabase administration();

    /** Makes an empty database with a name that nobody used, owned by the superuser. */
    default PostgresDatabase createDatabase() {
        return createDatabase(Sql.unusedName());
    }

    /**
     * Makes an empty database, owned by the superuser.
     *
     * @throws EmbeddedServerException if there is one of that name
     */
    PostgresDatabase createDatabase(String name);

    /**
     * Makes a database with a name that nobody used, as a copy of {@code template}: cheaper than running
     * migrations again.
     *
     * @throws EmbeddedServerException if somebody stays connected to {@code template}
     */
    PostgresDatabase copyOf(PostgresDatabase template);

    /** Removes a database and ends every connection to it; one that is not there is no failure. */
    default void dropDatabase(PostgresDatabase database) {
        run("DROP DATABASE IF EXISTS " + Sql.identifier(database.name()) + " WITH (FORCE)");
    }

    /**
     * Makes a role that may log in and nothing else. A role of that name that is there already is given
     * {@code password}, as roles belong to the whole server. The server is told its SCRAM-SHA-256 hash.
     */
    default void createRole(String name, String password) {
        String role = Sql.identifier(name);
        // As a hash: the driver's log, and that of a server that writes statements down, would hold the password.
        String secret = Sql.literal(PasswordUtil.encodeScramSha256(password.toCharArray()));
        run("DO $$ BEGIN CREATE ROLE " + role + " LOGIN PASSWORD " + secret
                + "; EXCEPTION WHEN duplicate_object OR unique_violation THEN ALTER ROLE " + role + " LOGIN PASSWORD "
                + secret + "; END $$");
    }

    private void run(String sql) {
        try {
            administration().execute(sql);
        } catch (SQLException e) {
            throw new EmbeddedServerException("PostgreSQL refused: " + e.getMessage(), e);
        }
    }
}
