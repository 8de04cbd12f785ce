package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLimitTest {

    private static final String CANCELLED = "57014";

    private final PostgresDatabase postgres = TestDatabases.create();
    private final NeonDatabase database = NeonDatabase.open(
            TestDatabases.asApplication(postgres).libpqUrl(),
            TestDatabases.settings().toBuilder()
                    .statementTimeout(Duration.ofMillis(300))
                    .pool(NeonPool.alwaysOn().withMaxSize(1))
                    .build());
    private final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);

    @AfterEach
    void close() {
        database.close();
        Postgres.shared().dropDatabase(postgres);
    }

    @Test
    void anAppendThatWaitsTooLongIsCancelledStoresNothingAndLeavesItsConnectionUsable() throws SQLException {
        store.append("account-1", List.of(new Registered("first")));
        try (Connection holder = holdStream()) {
            assertThatExceptionOfType(EventStoreException.class)
                    .isThrownBy(() -> store.append("account-1", List.of(new Renamed("late"))))
                    .withMessageContaining("nothing was stored")
                    .withMessageContaining(CANCELLED);
            holder.rollback();
        }

        assertThat(store.append("account-1", List.of(new Renamed("again"))).version())
                .isEqualTo(2);
    }

    @Test
    void anAppendInTheCallersTransactionIsCancelledToo() throws SQLException {
        store.append("account-1", List.of(new Registered("first")));
        try (Connection holder = holdStream();
                Connection waiter = transaction()) {
            assertThatExceptionOfType(EventStoreException.class)
                    .isThrownBy(() -> store.joining(waiter).append("account-1", List.of(new Renamed("late"))))
                    .withMessageContaining(CANCELLED);
            waiter.rollback();
            holder.rollback();
        }

        assertThat(store.load("account-1").version()).isEqualTo(1);
    }

    /** The looks come every 250 ms: the call ends a moment before one, with it, and after it. */
    @ParameterizedTest
    @ValueSource(ints = {200, 230, 240, 245, 250, 255, 260, 270})
    void whatComesAfterACallIsNeverCancelled(int millis) throws SQLException {
        try (CallLimit limit = new CallLimit();
                Connection connection = TestDatabases.asApplication(postgres).connect()) {
            try {
                limit.within(Duration.ZERO, connection, c -> sleep(c, millis));
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo(CANCELLED);
            }

            assertThat(sleep(connection, 300)).isTrue();
        }
    }

    private static boolean sleep(Connection connection, int millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT pg_sleep(" + millis / 1_000.0 + ")");
        }
    }

    private Connection holdStream() throws SQLException {
        Connection holder = transaction();
        store.joining(holder).append("account-1", List.of(new Renamed("held")));
        return holder;
    }

    private Connection transaction() throws SQLException {
        Connection connection = TestDatabases.asApplication(postgres).connect();
        connection.setAutoCommit(false);
        return connection;
    }
}
