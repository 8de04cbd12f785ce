package com.portfolio.infra.neon;

import com.portfolio.infra.testing.server.PgBouncerServer;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Databases of the shared server with the schema in them, each a copy of one that was migrated. */
final class TestDatabases {

    static final String SCHEMA = NeonSettings.DEFAULT_SCHEMA;
    static final String APPLICATION = "neon_app";
    static final String OPERATOR = "neon_operator";
    static final String PASSWORD = "hunter2@/w%rd?";

    private static final Object LOCK = new Object();
    private static @Nullable PostgresDatabase template;

    private TestDatabases() {}

    /** Short waits, so that tests need none. */
    static NeonSettings settings() {
        return NeonSettings.alwaysOn().toBuilder()
                .pool(PoolSettings.alwaysOn().withMaxSize(8).withAcquireTimeout(Duration.ofSeconds(10)))
                .pollInterval(Duration.ofMillis(5))
                .maxPollInterval(Duration.ofMillis(50))
                .build();
    }

    /** A database of its own, entered by its owner. */
    static PostgresDatabase create() {
        return Postgres.shared().copyOf(template());
    }

    static PostgresDatabase asApplication(PostgresDatabase database) {
        return database.as(APPLICATION, PASSWORD);
    }

    static PostgresDatabase asOperator(PostgresDatabase database) {
        return database.as(OPERATOR, PASSWORD);
    }

    /** What a service opens: as the application's role. */
    static NeonDatabase open(PostgresDatabase database) {
        return NeonDatabase.open(asApplication(database).libpqUrl(), settings());
    }

    /** A pooler by transaction in front of the shared server, for the application's role. */
    static PgBouncerServer pooler() {
        template();
        return PgBouncerServer.inFrontOf(Postgres.shared().administration())
                .role(APPLICATION, PASSWORD)
                .start();
    }

    static void migrate(PostgresDatabase database) {
        Postgres server = Postgres.shared();
        server.createRole(APPLICATION, PASSWORD);
        server.createRole(OPERATOR, PASSWORD);
        NeonSchema schema = new NeonSchema(NeonUrl.parse(database.libpqUrl()), settings());
        schema.migrate();
        schema.grantToApplication(APPLICATION);
        schema.grantToOperator(OPERATOR);
    }

    private static PostgresDatabase template() {
        synchronized (LOCK) {
            if (template == null) {
                PostgresDatabase fresh = Postgres.shared().createDatabase();
                migrate(fresh);
                template = fresh;
            }
            return template;
        }
    }
}
