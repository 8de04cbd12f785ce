package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How connections are taken and given back. */
class BorrowedConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresDatabase postgres = TestDatabases.create();

    private volatile boolean endsSessionsWhenAsked;

    @AfterEach
    void drop() {
        Postgres.shared().dropDatabase(postgres);
    }

    /** A source whose connections a test can look at; closing one does what the test says. */
    private DataSource source(DataSource real, List<Connection> given, boolean breaksAtOnce) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    if (!method.getName().equals("getConnection")) {
                        return method.invoke(real, args);
                    }
                    Connection connection = real.getConnection();
                    given.add(connection);
                    if (breaksAtOnce) {
                        return broken(connection);
                    }
                    return keptOpen(connection);
                });
    }

    private Connection keptOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (endsSessionsWhenAsked && method.getName().equals("isValid")) {
                        connection.close();
                    }
                    try {
                        return method.getName().equals("close") ? null : method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Connection broken(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("getAutoCommit")) {
                        throw new SQLException("broken", "08006");
                    }
                    return method.invoke(connection, args);
                });
    }

    @Test
    void aTimeLimitOfARepeatedAppendDoesNotStayOnACallersConnection() throws SQLException {
        List<Connection> given = new CopyOnWriteArrayList<>();
        PostgresDatabase application = TestDatabases.asApplication(postgres);
        try (FaultyProxy proxy = FaultyProxy.to(postgres.address());
                NeonDatabase database = NeonDatabase.over(
                        source(application.through(proxy.address()).dataSource(), given, false),
                        TestDatabases.settings())) {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            proxy.cutAt(Direction.TO_SERVER, "append_one_v1".getBytes(StandardCharsets.UTF_8));

            store.append("account-1", List.of(new Renamed("x")));

            Connection repeated = given.get(given.size() - 1);
            assertThat(given).hasSizeGreaterThanOrEqualTo(3);
            assertThat(repeated.getNetworkTimeout()).isZero();
            for (Connection connection : given) {
                connection.close();
            }
        }
    }

    /** The severity may be translated, so that words alone don't tell an error from a server that goes down. */
    @Test
    void aRefusalAfterWhichTheSessionIsGoneLeavesTheOutcomeInDoubt() throws SQLException {
        List<Connection> given = new CopyOnWriteArrayList<>();
        DataSource source = source(TestDatabases.asApplication(postgres).dataSource(), given, false);
        try (NeonDatabase database = NeonDatabase.over(source, TestDatabases.settings())) {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            postgres.execute("REVOKE EXECUTE ON FUNCTION " + TestDatabases.SCHEMA + ".append_one_v1 FROM "
                    + TestDatabases.APPLICATION);

            assertThatThrownBy(() -> store.append("account-1", List.of(new Renamed("x"))))
                    .isInstanceOf(EventStoreFailedException.class);
            endsSessionsWhenAsked = true;
            assertThatThrownBy(() -> store.append("account-1", List.of(new Renamed("x"))))
                    .isInstanceOf(AppendOutcomeUnknownException.class);
        }
    }

    @Test
    void aConnectionThatIsBrokenWhenItIsTakenIsGivenBack() {
        List<Connection> given = new CopyOnWriteArrayList<>();
        try (NeonDatabase database = NeonDatabase.over(
                source(TestDatabases.asApplication(postgres).dataSource(), given, true), TestDatabases.settings())) {
            assertThatExceptionOfType(EventStoreUnavailableException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC));
        }
        assertThat(given)
                .hasSize(1)
                .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
    }

    private HikariDataSource poolOfOne(Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(TestDatabases.asApplication(postgres).dataSource());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(patience.toMillis());
        return new HikariDataSource(config);
    }

    @Test
    void whoIsInterruptedDuringAPollHearsThatAndTheDatabaseIsNotBlamed() throws Exception {
        try (HikariDataSource pool = poolOfOne(PATIENCE);
                NeonDatabase database = NeonDatabase.over(pool, TestDatabases.settings())) {
            NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            try (Connection held = pool.getConnection()) {
                Thread waiter = new Thread(() -> {
                    try {
                        ended.complete(new AssertionError("told " + log.awaitBeyond(Position.START, PATIENCE)));
                    } catch (InterruptedException | RuntimeException e) {
                        ended.complete(e);
                    }
                });
                waiter.start();
                Eventually.within(PATIENCE)
                        .get(
                                "the wait for a connection",
                                () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection(),
                                waiting -> waiting == 1);
                waiter.interrupt();
                waiter.join(PATIENCE.toMillis());
                assertThat(held.isClosed()).isFalse();
            }

            assertThat(ended).isCompletedWithValueMatching(InterruptedException.class::isInstance);
            assertThat(database.vitals().failure()).isEmpty();
        }
    }

    @Test
    void aPoolThatIsInUseAsAWholeDoesNotMakeTheDatabaseDown() throws Exception {
        try (HikariDataSource pool = poolOfOne(Duration.ofMillis(300));
                NeonDatabase database = NeonDatabase.over(pool, TestDatabases.settings())) {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            try (Connection held = pool.getConnection()) {
                assertThatThrownBy(() -> store.load("account-1")).isInstanceOf(EventStoreUnavailableException.class);

                assertThat(NeonHealthCheck.passive(database).check().status()).isEqualTo(HealthStatus.DEGRADED);
                assertThat(NeonHealthCheck.active(database, PATIENCE).check().status())
                        .isEqualTo(HealthStatus.DEGRADED);
                assertThat(held.isClosed()).isFalse();
            }
            assertThat(NeonHealthCheck.active(database, PATIENCE).check().status())
                    .isEqualTo(HealthStatus.UP);
        }
    }

    @Test
    void anAddressThatIsNobodysIsNamedAndCountsForAWhile() {
        String url = "postgresql://app:hunter2@nobody.invalid:6432/shop?sslmode=disable";
        try (NeonDatabase database = NeonDatabase.open(url, TestDatabases.settings())) {
            assertThatExceptionOfType(EventStoreUnavailableException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("nobody.invalid:6432")
                    .withMessageContaining("unknown host");

            assertThat(NeonHealthCheck.passive(database).check().status()).isEqualTo(HealthStatus.DOWN);
            assertThat(NeonHealthCheck.passive(database, Duration.ZERO).check().status())
                    .isEqualTo(HealthStatus.UNKNOWN);
        }
    }

    @Test
    void aRoleWhoseCommitsAreAcknowledgedBeforeTheyAreOnDiskIsDegraded() throws SQLException {
        postgres.execute("DO $$ BEGIN EXECUTE format('ALTER ROLE " + TestDatabases.APPLICATION
                + " IN DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        try (NeonDatabase database = TestDatabases.open(postgres)) {
            var result = NeonHealthCheck.active(database, PATIENCE).check();

            assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(result.reason()).get().asString().contains("synchronous_commit");
            assertThat(result.details()).containsEntry("synchronousCommit", "off");
        }
    }
}
