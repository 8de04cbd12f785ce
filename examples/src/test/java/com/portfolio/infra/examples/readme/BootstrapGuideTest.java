package com.portfolio.infra.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.portfolio.infra.examples.accounts.AccountEvent;
import com.portfolio.infra.neon.NeonConfiguration;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.bootstrap.EventStoreFactory;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.health.HealthReport;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guide to the bootstrap shows code that runs, and configurations that work. */
class BootstrapGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "bootstrap.md");
    private static final Path SNIPPET = Path.of("src/main/java/com/portfolio/infra/examples/readme/Bootstrap.java");

    private static InfrastructureConfig config(Map<String, String> environment) {
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(Map.of())
                .load();
    }

    private static HealthReport run(InfrastructureConfig config) {
        List<Object> reports = new ArrayList<>();
        Bootstrap.run(config, reports::add);
        return (HealthReport) reports.get(0);
    }

    @Test
    void theCodeIsWhatIsCompiledHere() throws Exception {
        String source = Files.readString(SNIPPET);
        String snippet = source.substring(
                source.indexOf('\n', source.indexOf("// Guide begins")) + 1, source.indexOf("// Guide ends"));

        assertThat(Files.readString(GUIDE)).contains(snippet.stripIndent().strip());
    }

    @Test
    void theErrorIsWhatTheCodeSays() throws Exception {
        InfrastructureConfig config = config(Map.of(
                "SERVICE_NAME", "accounts", "MESSAGE_BUS_PROVIDER", "redis", "REDIS_URL", "redis://localhost:6379"));
        Throwable refused = catchThrowable(() -> run(config));

        assertThat(refused).isInstanceOf(BootstrapException.class);
        assertThat(Files.readString(GUIDE)).contains("\n" + refused.getMessage() + "\n");
    }

    @Test
    void theCodeRunsInMemory() {
        HealthReport report = run(config(Map.of(
                "SERVICE_NAME", "accounts", "EVENT_STORE_PROVIDER", "memory", "MESSAGE_BUS_PROVIDER", "memory")));

        assertThat(report.status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void theSameCodeRunsOnPostgres() {
        try (PostgresServer server = PostgresServer.builder().start()) {
            InfrastructureConfig config = config(Map.of(
                    "SERVICE_NAME", "accounts",
                    "EVENT_STORE_PROVIDER", "postgres",
                    "DATABASE_URL", server.administration().libpqUrl(),
                    "MESSAGE_BUS_PROVIDER", "memory"));
            new NeonSchema(NeonConfiguration.url(config), NeonConfiguration.settings(config)).migrate();

            assertThat(run(config).status()).isEqualTo(HealthStatus.UP);

            try (var events = EventStoreFactory.open(
                    config, JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)))) {
                assertThat(events.get().store().load("account-ada").version()).isEqualTo(1);
            }
        }
    }
}
