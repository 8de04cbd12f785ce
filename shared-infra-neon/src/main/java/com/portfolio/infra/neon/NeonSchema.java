package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SchemaScripts;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Creates and changes the tables and functions that the stores use, and hands out rights to them.
 *
 * <p>Run as the owner, who should be another role than the application's:
 *
 * <pre>{@code
 * NeonSchema schema = new NeonSchema(NeonUrl.parse(ownerUrl), settings);
 * schema.migrate();
 * schema.grantToApplication("app");
 * schema.grantToOperator("operator");
 * }</pre>
 *
 * <p>Whoever has a tool of their own runs {@link #scripts} and the grants with it. A newer schema keeps
 * the functions of the one before it, so that it is migrated first, and the services are deployed then,
 * without downtime.
 */
public final class NeonSchema {

    private static final List<String> FILES = List.of("V1__event_store.sql", "V2__projections.sql");

    private final NeonSettings settings;
    private final NeonDriver driver;
    private final SchemaName schema;

    /**
     * One numbered script.
     *
     * @param name such as {@code V1__event_store.sql}
     * @param sql  what to run, in a transaction
     */
    public record Script(String name, String sql) {}

    /**
     * Sends nothing yet.
     *
     * @param owner    address and credentials of the schema's owner; a pooler's address is replaced by the
     *                 direct one, as migrations need a session
     * @param settings say which schema
     */
    public NeonSchema(NeonUrl owner, NeonSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.driver = new NeonDriver(NeonLogin.of(owner.direct(), null), settings);
        this.schema = new SchemaName(settings.schema());
    }

    /**
     * Brings the schema up to date with Flyway, which keeps its history in the schema's table
     * {@code shared_infra_history}, apart from that of the service. Safe to call at each start and by
     * several processes at once.
     *
     * @throws IllegalStateException          if Flyway is not on the class path
     * @throws EventStoreUnavailableException if the database can't be reached
     * @throws EventStoreFailedException      if it refuses, or a script fails; the script left nothing behind
     */
    public void migrate() {
        connect("migrate schema '" + schema.name() + "'", connection -> {});
        PoolSettings pool = NeonDatabaseBuilder.ofTheStores(settings.pool().withMaxSize(3));
        try (ConnectionManager connections = new ConnectionManager()) {
            FlywayMigration.run(connections.open("neon-migration", pool, driver).dataSource(), schema);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Flyway is not on the class path: add org.flywaydb:flyway-core and"
                            + " org.flywaydb:flyway-database-postgresql, or run the scripts of NeonSchema.scripts()"
                            + " with a tool of your own.",
                    e);
        }
    }

    /** All scripts for a schema, in their order. */
    public static List<Script> scripts(String schema) {
        SchemaName name = new SchemaName(schema);
        return FILES.stream()
                .map(file -> new Script(file, SchemaScripts.migration(file, name)))
                .toList();
    }

    /**
     * Lets a role append, read, and write projections, and no more.
     *
     * @throws EventStoreUnavailableException if the database can't be reached
     * @throws EventStoreFailedException      if it refuses
     */
    public void grantToApplication(String role) {
        grant(role, applicationGrants(settings.schema(), role));
    }

    /**
     * Lets a role read, archive and tombstone streams, and renew the log's id.
     *
     * @throws EventStoreUnavailableException if the database can't be reached
     * @throws EventStoreFailedException      if it refuses
     */
    public void grantToOperator(String role) {
        grant(role, operatorGrants(settings.schema(), role));
    }

    /** What {@link #grantToApplication} runs. */
    public static String applicationGrants(String schema, String role) {
        return SchemaScripts.grants("application.sql", new SchemaName(schema), role);
    }

    /** What {@link #grantToOperator} runs. */
    public static String operatorGrants(String schema, String role) {
        return SchemaScripts.grants("operator.sql", new SchemaName(schema), role);
    }

    private void grant(String role, String script) {
        connect("grant rights to role '" + role + "'", connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(script);
            }
            connection.commit();
        });
    }

    /** Something to do as the owner. */
    private interface OwnersWork {

        void on(Connection connection) throws SQLException;
    }

    private void connect(String what, OwnersWork work) {
        try (Connection connection = driver.connect(settings.pool().acquireTimeout())) {
            work.on(connection);
        } catch (SQLException e) {
            throw Failures.eventStore(what, SqlFailure.of(e));
        }
    }
}
