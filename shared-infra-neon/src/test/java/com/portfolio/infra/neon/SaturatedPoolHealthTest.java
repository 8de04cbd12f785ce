package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the active check finds while all connections are in use, under the time limit that a registry has by default. */
class SaturatedPoolHealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresDatabase postgres = TestDatabases.create();
    private final FaultyProxy network = FaultyProxy.to(postgres.address());
    private final NeonDatabase database = NeonDatabase.open(
            TestDatabases.asApplication(postgres).through(network.address()).libpqUrl(), NeonSettings.alwaysOn());
    private final HealthCheckRegistry health = new HealthCheckRegistry();
    private final List<Connection> held = new ArrayList<>();

    @BeforeEach
    void hold() throws SQLException {
        health.register("database", NeonHealthCheck.active(database, PATIENCE));
        new NeonEventStore(database, AccountEvent.CODEC);
        for (int i = 0; i < PoolSettings.alwaysOn().maxSize(); i++) {
            held.add(database.connections().connect());
        }
    }

    @AfterEach
    void close() {
        held.forEach(NeonConnections::release);
        health.close();
        database.close(Duration.ZERO);
        network.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private HealthResult checked() {
        return health.checkAll().result("database").orElseThrow();
    }

    @Test
    void itIsDegradedAndNotDownWhereTheDatabaseAnswers() {
        HealthResult result = checked();

        assertThat(result.reason()).contains("All 10 connections are in use.");
        assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(result.details()).containsKeys("schemaVersion", "pool");
    }

    @Test
    void itTellsHowManyWait() throws Exception {
        CompletableFuture<Void> waiter = CompletableFuture.runAsync(() -> {
            try {
                NeonConnections.release(database.connections().connect());
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        Eventually.within(PATIENCE)
                .holds(
                        "somebody who waits",
                        () -> database.pool()
                                .filter(pool -> pool.waiting() == 1)
                                .isPresent());

        assertThat(checked().reason()).contains("All 10 connections are in use, and 1 call waits for one.");

        NeonConnections.release(held.remove(0));
        waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void itIsDownWhereNobodyAnswers() {
        network.refuse();

        HealthResult result = checked();

        assertThat(result.reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("The database does not answer: "));
        assertThat(result.status()).isEqualTo(HealthStatus.DOWN);
    }

    @Test
    void itIsDegradedForADatabaseThatHasJustAnsweredAndDownForOneThatIsSilentForLonger() {
        network.stall();

        HealthResult result = checked();

        assertThat(result.reason())
                .contains("All 10 connections are in use. A connection beside them could not be had in time.");
        assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
        NeonHealthCheck check = NeonHealthCheck.active(database, PATIENCE);
        Eventually.within(PATIENCE)
                .get("the status", () -> check.check().status(), status -> status == HealthStatus.DOWN);
        network.resume();
    }

    @Test
    void itIsDegradedWhereTheServerHasRoomForNoMore() throws SQLException {
        postgres.execute("ALTER DATABASE " + postgres.name() + " CONNECTION LIMIT 0");

        HealthResult result = checked();

        assertThat(result.reason()).contains("All 10 connections are in use. The server has room for no more.");
        assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    }
}
