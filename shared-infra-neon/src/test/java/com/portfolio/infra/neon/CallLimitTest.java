package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

class CallLimitTest {

    private static final String CANCELLED = "57014";
    private static final int CALLS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresDatabase postgres = TestDatabases.create();
    private final NeonDatabase database = NeonDatabase.open(
            TestDatabases.asApplication(postgres).libpqUrl(),
            TestDatabases.settings().toBuilder()
                    .statementTimeout(Duration.ofMillis(300))
                    .pool(PoolSettings.alwaysOn().withMaxSize(1))
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

    /** The cancel is on its way for so long that the call ends meanwhile, and would hit what comes next. */
    @Test
    void whatComesAfterACallIsNotCancelled() throws SQLException {
        try (FaultyProxy proxy = FaultyProxy.to(postgres.address());
                Connection connection = TestDatabases.asApplication(postgres)
                        .through(proxy.address())
                        .connect();
                CallLimit limit = new CallLimit()) {
            proxy.latency(Duration.ofMillis(400), Duration.ZERO);
            try {
                limit.within(Duration.ZERO, connection, c -> sleep(c, 100));
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo(CANCELLED);
            }
            proxy.latency(Duration.ZERO, Duration.ZERO);

            assertThat(sleep(connection, 1_000)).isTrue();
            assertThat(limit.underWay()).isZero();
        }
    }

    @Test
    void manyCallsThatWaitTooLongAreAllCancelled() throws SQLException {
        store.append("account-1", List.of(new Registered("first")));
        ExecutorService threads = Executors.newFixedThreadPool(CALLS);
        try (NeonDatabase wide = NeonDatabase.open(
                        TestDatabases.asApplication(postgres).libpqUrl(),
                        TestDatabases.settings().toBuilder()
                                .statementTimeout(Duration.ofMillis(300))
                                .build());
                Connection holder = holdStream()) {
            NeonEventStore waiting = new NeonEventStore(wide, AccountEvent.CODEC);

            List<CompletableFuture<AppendResult>> late = IntStream.range(0, CALLS)
                    .mapToObj(call -> CompletableFuture.supplyAsync(
                            () -> waiting.append("account-1", List.of(new Renamed("late"))), threads))
                    .toList();

            assertThat(late)
                    .allSatisfy(append -> assertThat(append)
                            .failsWithin(PATIENCE)
                            .withThrowableThat()
                            .withMessageContaining(CANCELLED));
            holder.rollback();
        } finally {
            threads.shutdown();
        }
    }

    /** Somebody's wrapper that hides the driver. */
    @Test
    void aConnectionThatCantBeUnwrappedIsUsedWithoutALimit() throws SQLException {
        try (CallLimit limit = new CallLimit();
                Connection connection = TestDatabases.asApplication(postgres).connect()) {
            Connection hiding = proxy(Connection.class, (proxy, method, arguments) -> {
                if (method.getName().equals("unwrap")) {
                    throw new SQLException("Not a wrapper.");
                }
                return method.invoke(connection, arguments);
            });

            boolean slept = limit.within(Duration.ZERO, hiding, c -> sleep(c, 600));

            assertThat(slept).isTrue();
        }
    }

    @Test
    void aCancelThatFailsIsToldAndTriedAgain() throws SQLException {
        AtomicInteger cancels = new AtomicInteger();
        Logger logger = (Logger) LoggerFactory.getLogger(CallLimit.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        try (CallLimit limit = new CallLimit();
                Connection connection = TestDatabases.asApplication(postgres).connect()) {
            PGConnection failing = proxy(PGConnection.class, (proxy, method, arguments) -> {
                throw new IllegalStateException("cancel " + cancels.incrementAndGet());
            });
            Connection handingOut = proxy(
                    Connection.class,
                    (proxy, method, arguments) ->
                            method.getName().equals("unwrap") ? failing : method.invoke(connection, arguments));

            boolean slept = limit.within(Duration.ZERO, handingOut, c -> sleep(c, 1_000));

            assertThat(slept).isTrue();
            assertThat(cancels).hasValueGreaterThan(1);
            assertThat(told.list).anyMatch(event -> event.getLevel() == Level.WARN);
        } finally {
            logger.detachAppender(told);
        }
    }

    private <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
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
