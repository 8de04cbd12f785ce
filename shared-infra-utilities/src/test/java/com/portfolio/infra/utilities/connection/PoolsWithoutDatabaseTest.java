package com.portfolio.infra.utilities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.utilities.secrets.SecretManager;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds while the database is away; the rest is tested against a real one, in shared-infra-neon. */
class PoolsWithoutDatabaseTest {

    private static final PoolSettings SETTINGS =
            PoolSettings.scaleToZero().withMaxSize(3).withAcquireTimeout(Duration.ofMillis(250));

    private static final ConnectionSource AWAY = () -> {
        throw new SQLException("nobody is there", "08001");
    };

    @Test
    void aPoolOpensWhileTheDatabaseIsAwayAndSaysSoToWhoWantsAConnection() {
        try (ConnectionManager connections = new ConnectionManager()) {
            ConnectionPool pool = connections.open("reports", SETTINGS, AWAY);

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> pool.dataSource().getConnection())
                    .withMessageContaining("reports")
                    .withRootCauseInstanceOf(SQLException.class)
                    .havingRootCause()
                    .withMessage("nobody is there");
            assertThat(pool.name()).isEqualTo("reports");
            assertThat(pool.settings()).isEqualTo(SETTINGS);
            assertThat(pool).hasToString("pool 'reports'");
        }
    }

    @Test
    void aNameIsGivenOnceUntilItsPoolIsClosed() {
        try (ConnectionManager connections = new ConnectionManager()) {
            ConnectionPool first = connections.open("reports", SETTINGS, AWAY);
            connections.open("orders", SETTINGS, AWAY);

            assertThatIllegalStateException()
                    .isThrownBy(() -> connections.open("reports", SETTINGS, AWAY))
                    .withMessage("There is a pool 'reports' already; another one needs another name.");
            assertThat(connections.figures())
                    .containsOnlyKeys("reports", "orders")
                    .containsEntry("orders", new PoolFigures(0, 0, 0, 0, 3));

            first.close();
            first.close();
            assertThat(connections.pools()).extracting(ConnectionPool::name).containsExactly("orders");
            connections.open("reports", SETTINGS, AWAY);
            assertThat(connections.figures().keySet()).containsExactly("orders", "reports");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void aNameCanBeRead(String name) {
        try (ConnectionManager connections = new ConnectionManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connections.open(name, SETTINGS, AWAY))
                    .withMessage("The name of a pool must have 1 to 100 characters, none of them for control.");
        }
    }

    @Test
    void afterClosingNothingIsOpenedAndNoConnectionIsHandedOut() {
        ConnectionManager connections = new ConnectionManager();
        ConnectionPool pool = connections.open("reports", SETTINGS, AWAY);
        connections.close();
        connections.close();

        assertThat(connections.pools()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> connections.open("orders", SETTINGS, AWAY))
                .withMessage("Pool 'orders' can't be opened: the manager is closed.");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> pool.dataSource().getConnection())
                .withMessage("The pool 'reports' is closed.");
    }

    @Test
    void poolsAreClosedInReverseWhateverBecomesOfOthers() {
        List<String> closed = new ArrayList<>();
        ConnectionManager connections = new ConnectionManager(new FailingMetrics(closed));
        for (String name : List.of("a", "b", "c")) {
            connections.open(name, SETTINGS, AWAY);
        }

        assertThatIllegalStateException()
                .isThrownBy(connections::close)
                .withMessage("Pools 'c', 'a' could not be closed in order.")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("meters of c", "meters of a"));
        assertThat(closed).containsExactly("c", "b", "a");
        assertThat(connections.pools()).isEmpty();
    }

    @Test
    void closingGoesOnWhereNobodyCanEndToListen() {
        List<String> closed = new ArrayList<>();
        ConnectionManager connections = new ConnectionManager(new FailingMetrics(closed));
        connections.open("b", SETTINGS, new ConnectionSource() {
            @Override
            public Connection connect() throws SQLException {
                return AWAY.connect();
            }

            @Override
            public SecretManager.Registration onChange(Runnable listener) {
                return () -> {
                    throw new IllegalStateException("still listening");
                };
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(connections::close)
                .withMessage("Pool 'b' could not be closed in order.");
        assertThat(closed).containsExactly("b");
    }

    @Test
    void aPoolIsMeasuredWhileItIsOpen() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (ConnectionManager connections = new ConnectionManager(new MicrometerPoolMetrics(registry))) {
            ConnectionPool pool = connections.open("reports", SETTINGS, AWAY);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> pool.dataSource().getConnection());

            assertThat(registry.get("hikaricp.connections.max")
                            .tag("pool", "reports")
                            .gauge()
                            .value())
                    .isEqualTo(3);
            assertThat(registry.get("hikaricp.connections.timeout")
                            .tag("pool", "reports")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    /**
     * A pool that threw an outdated connection out asks for another one in what is left of its time. Only HikariCP's own
     * pool takes such a time, and that its source tells of itself by this pool is nothing that HikariCP promises.
     */
    @Test
    void hikariCpStillGivesItsOwnPoolForItsFigures() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(new PhysicalConnections(AWAY));
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(pool.getHikariPoolMXBean()).isInstanceOf(HikariPool.class);
        }
    }

    @Test
    void closingLeavesAnInterruptedThreadInterruptedAndEndsThePoolAllTheSame() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ConnectionManager connections = new ConnectionManager(new MicrometerPoolMetrics(registry));
        connections.open("reports", SETTINGS, AWAY);

        Thread.currentThread().interrupt();
        connections.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(registry.getMeters()).isEmpty();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("reports:")));
    }

    /** Meters that can't be taken away from {@code a} and {@code c}. */
    private static final class FailingMetrics extends PoolMetrics {

        private final List<String> closed;

        FailingMetrics(List<String> closed) {
            this.closed = closed;
        }

        @Override
        Optional<MetricsTrackerFactory> trackers() {
            return Optional.of((name, figures) -> new IMetricsTracker() {
                @Override
                public void close() {
                    closed.add(name);
                    if (!name.equals("b")) {
                        throw new IllegalStateException("meters of " + name);
                    }
                }
            });
        }
    }
}
