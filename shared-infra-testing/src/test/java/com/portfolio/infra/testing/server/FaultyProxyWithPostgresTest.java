package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyProxyWithPostgresTest {

    private final PostgresDatabase direct = Postgres.shared().createDatabase();
    private final FaultyProxy proxy = FaultyProxy.to(direct.address());
    private final PostgresDatabase database = direct.through(proxy.address());

    @AfterEach
    void close() {
        proxy.close();
        Postgres.shared().dropDatabase(direct);
    }

    @Test
    void aQueryIsOneRoundTrip() throws SQLException {
        try (Connection connection = database.connect()) {
            for (int i = 0; i < 10; i++) {
                Traffic before = proxy.traffic();
                Queries.value(connection, "SELECT " + i);
                assertThat(proxy.traffic().since(before).roundTrips()).isEqualTo(1);
            }
        }
    }

    @Test
    void aTransactionOfOneStatementIsTwoRoundTrips() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            Traffic before = proxy.traffic();
            Queries.value(connection, "SELECT 1");
            connection.commit();
            assertThat(proxy.traffic().since(before).roundTrips()).isEqualTo(2);
        }
    }

    @Test
    void aLatencyIsPaidForEachRoundTrip() throws SQLException {
        try (Connection connection = database.connect()) {
            proxy.latency(Duration.ofMillis(2), Duration.ofMillis(2));
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                Queries.value(connection, "SELECT 1");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        }
    }

    @Test
    void whatWasCommittedIsThereAlthoughTheReplyWasSwallowed() throws Exception {
        direct.execute("CREATE TABLE kept (n int)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO kept VALUES (1)");
            Cut cut = proxy.cutAt(Direction.TO_CLIENT, PostgresReplies.commandComplete("COMMIT"));

            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
            assertThat(cut.happened()).isTrue();
        }
        assertThat(Queries.value(direct, "SELECT count(*) FROM kept")).isEqualTo("1");
    }
}
