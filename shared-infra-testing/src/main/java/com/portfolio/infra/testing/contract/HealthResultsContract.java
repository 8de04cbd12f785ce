package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.memory.SettableHealthCheck;
import com.portfolio.infra.utilities.health.HealthReport;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** HC.2: results carry status, reason, details, duration and time, and never a credential. */
public abstract class HealthResultsContract extends HealthRegistryRules {

    private static final String CREDENTIAL = "swordfish-of-the-kit";

    @Test
    void hc2_aReportHasWhatEachCheckFoundInTheOrderOfRegistration() {
        HealthResult degraded = HealthResult.degraded("Slow.").with("lag", 3).with("pool", Map.of("active", 1));
        register("zebra", () -> degraded);
        register("ape", HealthResult::up);

        HealthReport report = registry().checkAll();

        assertThat(report.parts()).extracting(HealthReport.Part::name).containsExactly("zebra", "ape");
        assertThat(result(report, "zebra").status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(result(report, "zebra").reason()).contains("Slow.");
        assertThat(result(report, "zebra").details()).isEqualTo(degraded.details());
        assertThat(result(report, "ape").reason()).isEmpty();
    }

    @Test
    void hc2_aResultTellsHowLongTheCheckTookAndWhenItEnded() {
        register("database", () -> HealthResult.up().took(Duration.ofDays(1), Instant.EPOCH));

        HealthResult result = found("database");

        assertThat(result.duration()).isPositive().isLessThan(Duration.ofHours(1));
        assertThat(result.checkedAt()).isEqualTo(NOON);
    }

    @Test
    void hc2_theMessageOfAnExceptionIsNotTold() {
        SettableHealthCheck check = new SettableHealthCheck();
        check.fail(new IllegalStateException(
                "nobody answers to " + CREDENTIAL,
                new SQLException("jdbc:postgresql://app:" + CREDENTIAL + "@db/app")));
        register("database", check);

        HealthReport report = registry().checkAll();

        assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
        assertThat(report.toString()).contains("IllegalStateException").doesNotContain(CREDENTIAL);
    }

    @Test
    void hc2_aCredentialThatACheckGivesAwayIsNotTold() throws Exception {
        String url = "redis://app:" + CREDENTIAL + "@cache:6379";
        register(
                "cache",
                () -> HealthResult.down("No answer from " + url + ".")
                        .with("url", url)
                        .with("hosts", List.of(Map.of("password", CREDENTIAL, "port", 6379)))
                        .with("uri", URI.create(url))
                        .with("users", Set.of("app", "token=" + CREDENTIAL))
                        .with("password=" + CREDENTIAL, "in the name")
                        .with("tokens", 3));

        HealthReport report = registry().checkAll();

        assertThat(report.toString()).doesNotContain(CREDENTIAL);
        assertThat(registry().check().toString()).doesNotContain(CREDENTIAL);
        HealthResult told = result(report, "cache");
        assertThat(told.reason().orElse(""))
                .startsWith("No answer from redis://app:")
                .endsWith("@cache:6379.");
        assertThat(told.details()).containsKeys("url", "hosts").containsEntry("tokens", 3);
        assertThat(told.details().toString()).contains("port=6379");
    }

    @Test
    void hc2_aRegistryIsACheckThatTellsOfAllOfItsOwn() throws Exception {
        register("database", () -> HealthResult.down("Gone."));
        register("bus", HealthResult::up);

        HealthResult whole = registry().check();

        assertThat(whole.status()).isEqualTo(HealthStatus.DOWN);
        assertThat(whole.reason().orElse("")).contains("database");
        assertThat(whole.details()).containsOnlyKeys("database", "bus");
        assertThat(whole.checkedAt()).isEqualTo(NOON);
    }
}
