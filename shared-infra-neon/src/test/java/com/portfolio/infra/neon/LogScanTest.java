package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The log is read by its index also where the table is so small that reading the whole of it would be cheaper: a session
 * keeps its plans while the table grows.
 */
class LogScanTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** After so many calls the driver has prepared the statement, and the server has kept a plan for any values. */
    private static final int ENOUGH_TO_KEEP_A_PLAN = 20;

    private final PostgresDatabase postgres = TestDatabases.create();

    @AfterEach
    void drop() {
        Postgres.shared().dropDatabase(postgres);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void aPageIsNeverReadByScanningTheTable(int events) throws Exception {
        assertThat(scansOf(events, log -> log.read(LogQuery.after(Position.START))))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void aFilteredPageIsNeverReadByScanningTheTable(int events) throws Exception {
        LogQuery query = LogQuery.after(Position.START).matching(LogFilter.ofCategories("account"));

        assertThat(scansOf(events, log -> log.read(query))).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void theHeadIsNeverFoundByScanningTheTable(int events) throws Exception {
        assertThat(scansOf(events, NeonEventLog::head)).isZero();
    }

    /** How often the server scans the table of events, whose size it knows, during many calls. */
    private long scansOf(int events, Consumer<NeonEventLog> call) throws SQLException {
        try (NeonDatabase database = TestDatabases.open(postgres)) {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            for (int i = 0; i < events; i++) {
                store.append("account-" + i, List.of(new Registered("a")));
            }
        }
        postgres.execute("VACUUM ANALYZE");
        long before = scans();
        try (NeonDatabase database = TestDatabases.open(postgres)) {
            NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);
            for (int i = 0; i < ENOUGH_TO_KEEP_A_PLAN; i++) {
                call.accept(log);
            }
        }
        return scans() - before;
    }

    /** Sessions have told what they did when they have ended. */
    private long scans() throws SQLException {
        Eventually.within(PATIENCE)
                .get(
                        "the number of the application's sessions",
                        () -> number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND usename = '" + TestDatabases.APPLICATION + "'"),
                        sessions -> sessions == 0);
        return number("SELECT seq_scan FROM pg_stat_user_tables WHERE schemaname = '" + TestDatabases.SCHEMA
                + "' AND relname = 'events'");
    }

    private long number(String query) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
