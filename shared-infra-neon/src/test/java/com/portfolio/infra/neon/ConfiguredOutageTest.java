package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away under a service, and comes back. */
class ConfiguredOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void healthSaysThatTheDatabaseIsGoneAndCallsGoOnWhenItIsBack() {
        try (PostgresServer server = PostgresServer.builder().start()) {
            PostgresDatabase database = server.administration();
            InfrastructureConfig config = Configured.postgres(
                    database,
                    "DB_POOL_ACQUIRE_TIMEOUT",
                    "1s",
                    "DB_CONNECT_TIMEOUT",
                    "1s",
                    "DB_IN_DOUBT_TIMEOUT",
                    "1s",
                    "RETRY_MAX_ATTEMPTS",
                    "2",
                    "CIRCUIT_BREAKER_WINDOW",
                    "4",
                    "CIRCUIT_BREAKER_MIN_CALLS",
                    "2",
                    "CIRCUIT_BREAKER_OPEN_TIME",
                    "500ms",
                    "HEALTH_INTERVAL",
                    "100ms",
                    "HEALTH_DOWN_INTERVAL",
                    "100ms",
                    "HEALTH_RETRIES",
                    "1");
            new NeonSchema(NeonConfiguration.url(config), NeonConfiguration.settings(config)).migrate();
            try (Infrastructure infrastructure = Infrastructure.open(config, AccountEvent.CODEC)) {
                infrastructure.eventStore().append("account-1", List.of(new Registered("ada")));
                assertThat(status(infrastructure)).isEqualTo(HealthStatus.UP);

                server.kill();
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> infrastructure.eventStore().load("account-1"))
                            .isInstanceOf(EventStoreUnavailableException.class);
                }
                Eventually.within(PATIENCE).holds("health is down", () -> status(infrastructure) == HealthStatus.DOWN);
                assertThat(infrastructure.health().checkAll().reason().orElseThrow())
                        .contains("database is DOWN")
                        .doesNotContain(database.password());

                server.start();
                Eventually.within(PATIENCE).holds("an append", () -> {
                    try {
                        return infrastructure
                                        .eventStore()
                                        .append("account-2", List.of(new Registered("eve")))
                                        .version()
                                == 1;
                    } catch (EventStoreException e) {
                        return false;
                    }
                });
                Eventually.within(PATIENCE).holds("health is up", () -> status(infrastructure) == HealthStatus.UP);
                assertThat(infrastructure.eventStore().load("account-1").version())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aPasswordThatIsRotatedInItsFileIsUsedWithoutARestart(@TempDir Path folder) throws Exception {
        try (PostgresServer server = PostgresServer.builder().start()) {
            PostgresDatabase database = server.administration();
            Path file = Files.writeString(folder.resolve("password"), database.password());
            String url = "postgresql://" + database.user() + "@" + database.host() + ":" + database.port() + "/"
                    + database.name();
            InfrastructureConfig config = Configured.postgres(
                    url, "DATABASE_PASSWORD_FILE", file.toString(), "SECRETS_POLL_INTERVAL", "50ms");
            new NeonSchema(NeonConfiguration.url(config), NeonConfiguration.settings(config)).migrate();
            try (Infrastructure infrastructure = Infrastructure.open(config, AccountEvent.CODEC)) {
                infrastructure.eventStore().append("account-1", List.of(new Registered("ada")));

                server.createRole(database.user(), "hunter2-new");
                Files.writeString(file, "hunter2-new");
                ConnectionPool pool = infrastructure.connections().pools().get(0);
                pool.evict();

                assertThat(infrastructure
                                .eventStore()
                                .append("account-2", List.of(new Registered("eve")))
                                .version())
                        .isEqualTo(1);
            }
        }
    }

    private static HealthStatus status(Infrastructure infrastructure) {
        return infrastructure
                .health()
                .checkAll()
                .result("database")
                .orElseThrow()
                .status();
    }
}
