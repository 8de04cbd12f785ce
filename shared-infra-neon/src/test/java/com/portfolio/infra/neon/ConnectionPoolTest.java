package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import com.portfolio.infra.utilities.connection.ConnectionSource;
import com.portfolio.infra.utilities.connection.MicrometerPoolMetrics;
import com.portfolio.infra.utilities.connection.PoolFigures;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.InMemorySecrets;
import com.portfolio.infra.utilities.secrets.Secret;
import com.portfolio.infra.utilities.secrets.SecretManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** What pools of connections promise, with a real database behind them. */
class ConnectionPoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PoolSettings SETTINGS =
            PoolSettings.scaleToZero().withMaxSize(2).withAcquireTimeout(PATIENCE);

    private final PostgresDatabase postgres = Postgres.shared().createDatabase();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ConnectionManager connections = new ConnectionManager(new MicrometerPoolMetrics(registry));

    @AfterEach
    void close() {
        connections.close(Duration.ZERO);
        Postgres.shared().dropDatabase(postgres);
    }

    private ConnectionPool open(PoolSettings settings) {
        return connections.open("reports", settings, ConnectionSource.of(postgres.dataSource()));
    }

    private static int backend(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static Connection takenAndForgotten(ConnectionPool pool) throws SQLException {
        return pool.dataSource().getConnection();
    }

    private static void givenBack(ConnectionPool pool) throws SQLException {
        takenAndForgotten(pool).close();
    }

    @Test
    void aConnectionThatIsNotGivenBackIsLoggedWithWhereItWasTaken() throws Exception {
        try (LoggedLines hikari = LoggedLines.of("com.zaxxer.hikari");
                LoggedLines ours = LoggedLines.of(ConnectionPool.class.getPackageName())) {
            ConnectionPool pool = open(SETTINGS.withLeakThreshold(Duration.ofSeconds(2)));
            givenBack(pool);
            try (Connection forgotten = takenAndForgotten(pool)) {

                Eventually.within(PATIENCE)
                        .holds("the leak", () -> !hikari.all().isEmpty());
                assertThat(hikari.all())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .startsWith("WARN")
                                .contains("Connection leak detection triggered")
                                .contains("ConnectionPoolTest.takenAndForgotten"));

                pool.close(Duration.ZERO);
                assertThat(ours.all())
                        .containsExactly("WARN Pool 'reports' is closed while 1 of its connections are in use; what"
                                + " they do is cut off.");
                assertThat(forgotten.isValid(5)).isFalse();
            }
        }
    }

    @Test
    void aPoolWithoutLookingForLeaksTellsAtItsEndHowTheyWouldBeFound() throws Exception {
        try (LoggedLines ours = LoggedLines.of(ConnectionPool.class.getPackageName())) {
            ConnectionPool pool = open(SETTINGS.withLeakThreshold(Duration.ZERO));
            try (Connection forgotten = takenAndForgotten(pool)) {
                pool.close(Duration.ofMillis(20));

                assertThat(forgotten.isValid(5)).isFalse();
                assertThat(ours.all())
                        .singleElement()
                        .satisfies(line -> assertThat(line)
                                .endsWith("A leakThreshold would tell where such connections are taken."));
            }
        }
    }

    @Test
    void closingWaitsForWhatIsInUse() throws Exception {
        ConnectionPool pool = open(SETTINGS);
        CompletableFuture<Void> closed;
        try (Connection used = pool.dataSource().getConnection()) {
            closed = CompletableFuture.runAsync(() -> connections.close(PATIENCE));
            Eventually.within(PATIENCE).holds("the closing", () -> isRefused(pool));

            assertThat(used.isValid(5)).isTrue();
            assertThat(closed).isNotDone();
        }
        closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(connections.pools()).isEmpty();
    }

    @Test
    void whoClosesAgainWaitsForTheOneWhoDoes() throws Exception {
        ConnectionPool pool = open(SETTINGS);
        CompletableFuture<Void> first;
        Thread second;
        try (Connection used = pool.dataSource().getConnection()) {
            first = CompletableFuture.runAsync(() -> pool.close(PATIENCE));
            Eventually.within(PATIENCE).holds("the closing", () -> isRefused(pool));
            second = new Thread(() -> connections.close(Duration.ZERO));
            second.start();
            Eventually.within(PATIENCE)
                    .holds("somebody who waits", () -> second.getState() == Thread.State.WAITING || !second.isAlive());

            assertThat(second.isAlive()).isTrue();
            assertThat(used.isValid(5)).isTrue();
        }
        first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        second.join(PATIENCE.toMillis());
        assertThat(second.isAlive()).isFalse();
    }

    private static boolean isRefused(ConnectionPool pool) {
        try (Connection another = pool.dataSource().getConnection()) {
            return another.isClosed();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).equals("The pool 'reports' is closed.");
        }
    }

    @Test
    void closingIsNotHeldUpForAThreadThatIsInterrupted() throws Exception {
        ConnectionPool pool = open(SETTINGS);
        try (Connection used = pool.dataSource().getConnection()) {
            Thread.currentThread().interrupt();
            pool.close(Duration.ofDays(1));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(used.isValid(5)).isFalse();
        }
    }

    @Test
    void figuresAndMetersTellWhatThePoolIsDoing() throws Exception {
        ConnectionPool pool = open(SETTINGS);
        CompletableFuture<Integer> waiter;
        int given;
        try (Connection first = pool.dataSource().getConnection()) {
            try (Connection second = pool.dataSource().getConnection()) {
                waiter = CompletableFuture.supplyAsync(() -> {
                    try (Connection third = pool.dataSource().getConnection()) {
                        return backend(third);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                });
                Eventually.within(PATIENCE).get("a full pool", pool::figures, new PoolFigures(2, 0, 2, 1, 2)::equals);
                assertThat(pool.figures().isFull()).isTrue();
                Eventually.within(PATIENCE)
                        .holds(
                                "the meters",
                                () -> registry.get("hikaricp.connections.active")
                                                .tag("pool", "reports")
                                                .gauge()
                                                .value()
                                        == 2);
                given = backend(second);
            }
            assertThat(waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(given);
            assertThat(first.isClosed()).isFalse();
        }
        assertThat(registry.get("hikaricp.connections.usage").timer().count()).isEqualTo(3);
        assertThat(connections.figures()).containsEntry("reports", new PoolFigures(0, 2, 2, 0, 2));
        assertThat(PoolFigures.of(pool.dataSource())).contains(pool.figures());
        assertThat(PoolFigures.of(postgres.dataSource())).isEmpty();
    }

    @Test
    void connectionsAreAsTheyWereWhenTheyAreTakenAgain() throws Exception {
        ConnectionPool pool = open(SETTINGS.withMaxSize(1));
        try (Connection changed = pool.dataSource().getConnection()) {
            changed.setAutoCommit(false);
            changed.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        try (Connection again = pool.dataSource().getConnection()) {
            assertThat(again.getAutoCommit()).isTrue();
            assertThat(again.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void renewingLetsWhatIsInUseEndAndHandsOutNothingOfBefore() throws Exception {
        ConnectionPool pool = open(SETTINGS);
        Connection used = pool.dataSource().getConnection();
        int before = backend(used);

        pool.evict();

        assertThat(used.isValid(5)).isTrue();
        used.close();
        try (Connection first = pool.dataSource().getConnection();
                Connection second = pool.dataSource().getConnection()) {
            assertThat(backend(first)).isNotEqualTo(before);
            assertThat(backend(second)).isNotEqualTo(before);
        }
    }

    /** HikariCP does not have it yet when it throws out those that it has. */
    @Test
    void aConnectionThatWasBeingOpenedWhenThePoolWasRenewedIsNotHandedOut() throws Exception {
        LateSource source = new LateSource();
        ConnectionPool pool = connections.open("late", SETTINGS, source);
        CompletableFuture<Integer> taken = takenLater(pool);
        source.opened.await();
        pool.evict();
        source.mayHandOut.countDown();

        assertThat(taken.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotEqualTo(source.early.get());
    }

    /** HikariCP lets go of it, and would wait as long as the acquireTimeout before that. */
    @Test
    void aConnectionThatIsBeingOpenedWhenThePoolIsClosedIsClosedWhenItIsThere() throws Exception {
        AtomicReference<Connection> late = new AtomicReference<>();
        LateSource source = new LateSource();
        ConnectionPool pool = connections.open("reports", SETTINGS.withAcquireTimeout(Duration.ofHours(1)), () -> {
            late.set(source.connect());
            return late.get();
        });
        Thread waiter = new Thread(() -> assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> pool.dataSource().getConnection()));
        waiter.start();
        source.opened.await();

        CompletableFuture.runAsync(() -> pool.close(Duration.ZERO)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        source.mayHandOut.countDown();

        Eventually.within(PATIENCE)
                .holds("its end", () -> late.get() != null && late.get().isClosed());
        waiter.interrupt();
        waiter.join();
    }

    /** It is open, and the pool sets it up before it takes it in. */
    @Test
    void aConnectionThatIsBeingSetUpWhenThePoolIsClosedIsClosedToo() throws Exception {
        AtomicReference<Connection> late = new AtomicReference<>();
        CountDownLatch settingUp = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ConnectionPool pool = connections.open("reports", SETTINGS.withAcquireTimeout(Duration.ofMillis(500)), () -> {
            late.set(postgres.connect());
            return watched(late.get(), method -> {
                if (method.equals("setAutoCommit") || method.equals("setNetworkTimeout")) {
                    settingUp.countDown();
                    awaitQuietly(end);
                }
            });
        });
        CompletableFuture<Integer> taken = takenLater(pool);
        settingUp.await();

        pool.close(Duration.ZERO);

        assertThat(late.get().isClosed()).isTrue();
        end.countDown();
        assertThat(taken).failsWithin(PATIENCE);
    }

    /** Such a one is perhaps lost, and there for ever. */
    @Test
    void aConnectionOfBeforeThatIsHeldCostsNothingWhereOthersAreHandedOut() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        ConnectionPool pool = connections.open(
                "reports",
                SETTINGS,
                () -> watched(postgres.connect(), method -> {
                    if (method.equals("isClosed")) {
                        looks.incrementAndGet();
                    }
                }));
        try (Connection held = takenAndForgotten(pool)) {
            pool.evict();
            givenBack(pool);
            int before = looks.get();
            for (int i = 0; i < 10; i++) {
                givenBack(pool);
            }

            assertThat(looks).hasValue(before);
            assertThat(held.isClosed()).isFalse();
        }
    }

    /** The same connection; tells of each call before it is made. */
    private static Connection watched(Connection connection, Consumer<String> calls) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    calls.accept(method.getName());
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The first one that it is given is outdated, and the pool closes already when it asks for another. */
    @Test
    void whoWaitsWhileThePoolIsClosedIsNotRefusedForAnOutdatedConnection() throws Exception {
        LateSource source = new LateSource();
        ConnectionPool pool = connections.open("reports", SETTINGS, source);
        CompletableFuture<Integer> taken = takenLater(pool);
        source.opened.await();
        Thread closing = new Thread(() -> pool.close(PATIENCE));
        closing.start();
        Eventually.within(PATIENCE).holds("the closing", () -> LockSupport.getBlocker(closing) == pool);
        pool.evict();
        source.mayHandOut.countDown();

        assertThat(taken.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotEqualTo(source.early.get());
        closing.join(PATIENCE.toMillis());
        assertThat(closing.isAlive()).isFalse();
    }

    @Test
    void anOutdatedConnectionDoesNotLetItsCallerWaitAnew() throws Exception {
        Duration wait = Duration.ofSeconds(4);
        CountDownLatch end = new CountDownLatch(1);
        LateSource source = new LateSource();
        ConnectionPool pool = connections.open("reports", SETTINGS.withAcquireTimeout(wait), () -> {
            if (source.early.get() != null) {
                awaitQuietly(end);
            }
            return source.connect();
        });
        long begun = System.nanoTime();
        CompletableFuture<Integer> taken = takenLater(pool);
        source.opened.await();
        Eventually.within(PATIENCE).holds("half of the wait", () -> System.nanoTime() - begun > wait.toNanos() / 2);
        pool.evict();
        source.mayHandOut.countDown();

        assertThat(taken)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(SQLException.class)
                .withMessageMatching("(?s).*request timed out after [0-3]?\\d{1,3}ms.*");
        end.countDown();
    }

    private static CompletableFuture<Integer> takenLater(ConnectionPool pool) {
        return CompletableFuture.supplyAsync(() -> {
            try (Connection connection = pool.dataSource().getConnection()) {
                return backend(connection);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Keeps the first connection back that it opened. */
    private final class LateSource implements ConnectionSource {

        private final CountDownLatch opened = new CountDownLatch(1);
        private final CountDownLatch mayHandOut = new CountDownLatch(1);
        private final AtomicReference<Integer> early = new AtomicReference<>();

        @Override
        public Connection connect() throws SQLException {
            Connection connection = postgres.connect();
            if (early.compareAndSet(null, backend(connection))) {
                opened.countDown();
                awaitQuietly(mayHandOut);
            }
            return connection;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPoolOverAnyDriversSourceFollowsThePassword() throws Exception {
        String role = "pool_rotating";
        Postgres.shared().createRole(role, "hunter2-one");
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setUrl(postgres.jdbcUrl().replaceAll("\\?.*", ""));
        AtomicReference<String> vault = new AtomicReference<>("hunter2-one");
        try (SecretManager secrets = SecretManager.polling(
                        name -> Optional.of(Secret.of(vault.get())), "the vault", Duration.ofDays(1));
                CurrentSecret password = secrets.current("db")) {
            ConnectionSource source = ConnectionSource.of(driver, role, password);
            ConnectionPool pool = connections.open("rotating", SETTINGS, source);
            assertThat(source.toString()).contains("secret 'db'").doesNotContain("hunter2");
            int first;
            try (Connection connection = pool.dataSource().getConnection()) {
                first = backend(connection);
            }

            Postgres.shared().createRole(role, "hunter2-two");
            pool.evict();
            CompletableFuture<Integer> waiter = CompletableFuture.supplyAsync(() -> {
                try (Connection connection = pool.dataSource().getConnection()) {
                    return backend(connection);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            Eventually.within(PATIENCE)
                    .holds("somebody who waits", () -> pool.figures().waiting() == 1);
            vault.set("hunter2-two");

            assertThat(waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotEqualTo(first);
        }
    }

    @Test
    void whoIsRefusedForTooLongIsToldWhyWithoutThePassword() throws Exception {
        String role = "pool_refused";
        Postgres.shared().createRole(role, "hunter2-right");
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setUrl(postgres.jdbcUrl().replaceAll("\\?.*", ""));
        try (InMemorySecrets secrets = new InMemorySecrets()) {
            secrets.put("db", Secret.of("hunter2-wrong"));
            try (CurrentSecret password = secrets.current("db")) {
                ConnectionPool pool = connections.open(
                        "refused",
                        SETTINGS.withAcquireTimeout(Duration.ofMillis(500)),
                        ConnectionSource.of(driver, role, password));

                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> pool.dataSource().getConnection())
                        .withMessageContaining("refused")
                        .withStackTraceContaining("password authentication failed")
                        .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("hunter2"));
            }
        }
    }
}
