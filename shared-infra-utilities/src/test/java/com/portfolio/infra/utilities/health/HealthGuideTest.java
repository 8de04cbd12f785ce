package com.portfolio.infra.utilities.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What docs/health.md says is so. */
class HealthGuideTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String guide = read();

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "health.md"));
        } catch (IOException e) {
            throw new AssertionError("The guide is not there.", e);
        }
    }

    @Test
    void theExampleOfJsonIsWhatIsWritten() throws Exception {
        String example = guide.substring(guide.indexOf("```json") + "```json".length());
        HealthReport report = SampleReports.of(SampleReports.part(
                "database",
                true,
                HealthResult.down("The database does not answer.").with("pool", Map.of("active", 3, "waiting", 0))));

        JsonNode written = JSON.readTree(new HealthJson(true, Optional.of("accounts")).write(report));

        assertThat(JSON.readTree(example.substring(0, example.indexOf("```")))).isEqualTo(written);
    }

    @Test
    void theDefaultsAreThoseOfTheTable() {
        HealthCheckSettings defaults = HealthCheckSettings.defaults();

        assertThat(guide)
                .contains("| `critical` | `" + defaults.critical() + "` |")
                .contains("| `countsFor` | `" + defaults.groups().iterator().next() + "` |")
                .contains("| `timeout` | " + Sentences.text(defaults.timeout()) + " |")
                .contains("| `interval` | " + Sentences.text(defaults.interval()) + " |")
                .contains("| `downInterval` | " + Sentences.text(defaults.downInterval()) + " |")
                .contains("| `failureThreshold` | " + defaults.failureThreshold() + " |")
                .contains("| `successThreshold` | " + defaults.successThreshold() + " |")
                .contains("(" + CheckThreads.MAX + " at most;");
        assertThat(defaults.groups()).hasSize(1);
    }

    @Test
    void eachStatusIsToldAsTheTableSays() throws Exception {
        for (HealthStatus status : HealthStatus.values()) {
            HealthResult result = new HealthResult(status, Optional.empty(), Map.of(), Duration.ZERO, Instant.EPOCH);
            HealthReport report = SampleReports.of(result);
            String word = JSON.readTree(new HealthJson(false, Optional.empty()).write(report))
                    .path("status")
                    .asText();

            assertThat(guide)
                    .containsPattern("\\| `" + status + "` \\| .* \\| " + (report.isDown() ? 503 : 200) + " \\| `"
                            + word + "` \\|");
        }
    }

    @Test
    void eachGroupHasThePathOfTheTable() {
        for (HealthGroup group : HealthGroup.values()) {
            String path = List.of(HealthView.values()).stream()
                    .filter(view -> view.group().equals(Optional.of(group)))
                    .map(HealthView::path)
                    .findFirst()
                    .orElseThrow();

            assertThat(guide).contains("| `" + group + "` | `/health" + path + "` |");
        }
    }

    @Test
    void theFirstExampleRuns() {
        HealthCheckRegistry health = new HealthCheckRegistry();
        health.register("database", HealthResult::up);
        health.register(
                "users", HealthResult::up, HealthCheckSettings.defaults().optional());

        HealthServer server = HealthServer.start(health, 0);
        assertThat(health.checkAll().status()).isEqualTo(HealthStatus.UP);

        health.shutdown();
        server.close();
        health.close();
    }
}
