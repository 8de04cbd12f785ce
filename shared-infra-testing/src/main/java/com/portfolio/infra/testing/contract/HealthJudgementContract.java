package com.portfolio.infra.testing.contract;

import static com.portfolio.infra.ports.health.HealthStatus.DEGRADED;
import static com.portfolio.infra.ports.health.HealthStatus.DOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UNKNOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.memory.SettableHealthCheck;
import com.portfolio.infra.utilities.health.HealthChange;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthGroup;
import com.portfolio.infra.utilities.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** HC.3: critical and other checks, groups, intervals, thresholds, changes and the end of a service. */
public abstract class HealthJudgementContract extends HealthRegistryRules {

    private final SettableHealthCheck check = new SettableHealthCheck();

    private static HealthResult of(HealthStatus status) {
        return new HealthResult(status, Optional.of("So it is."), Map.of(), Duration.ZERO, Instant.EPOCH);
    }

    private List<HealthStatus> statusesAfter(HealthStatus... found) {
        List<HealthStatus> statuses = new ArrayList<>();
        for (HealthStatus one : found) {
            check.set(of(one));
            statuses.add(found("database").status());
        }
        return statuses;
    }

    @Test
    void hc3_withoutChecksAllIsWell() {
        assertThat(registry().checkAll().status()).isEqualTo(UP);
        assertThat(registry().check(HealthGroup.LIVENESS).status()).isEqualTo(UP);
    }

    @Test
    void hc3_theWholeIsAsBadAsItsWorstCriticalCheck() {
        register("bus", HealthResult::up);
        register("database", check);

        for (HealthStatus status : List.of(UP, DEGRADED, UNKNOWN, DOWN)) {
            check.set(of(status));
            assertThat(registry().checkAll().status()).isEqualTo(status);
        }
    }

    @Test
    void hc3_anOptionalCheckDegradesTheWholeAtWorst() {
        register("bus", HealthResult::up);
        registry().register("cache", check, ANEW.optional());

        check.down("Gone.");
        assertThat(registry().checkAll().status()).isEqualTo(DEGRADED);
        check.up();
        assertThat(registry().checkAll().status()).isEqualTo(UP);
    }

    @Test
    void hc3_aCheckCountsForItsGroupsAlone() {
        register("database", () -> HealthResult.down("Gone."));
        registry().register("deadlock", HealthResult::up, ANEW.countsFor(HealthGroup.LIVENESS, HealthGroup.STARTUP));

        assertThat(names(registry().check(HealthGroup.LIVENESS))).containsExactly("deadlock");
        assertThat(registry().check(HealthGroup.LIVENESS).status()).isEqualTo(UP);
        assertThat(names(registry().check(HealthGroup.STARTUP))).containsExactly("deadlock");
        assertThat(names(registry().check(HealthGroup.READINESS))).containsExactly("database");
        assertThat(registry().check(HealthGroup.READINESS).status()).isEqualTo(DOWN);
        assertThat(names(registry().checkAll())).containsExactly("database", "deadlock");
    }

    private static List<String> names(HealthReport report) {
        return report.parts().stream().map(HealthReport.Part::name).toList();
    }

    @Test
    void hc3_aResultStandsUntilItsIntervalHasPassed() {
        HealthCheckSettings kept = ANEW.interval(Duration.ofSeconds(10)).downInterval(Duration.ofSeconds(5));
        registry().register("database", check, kept);

        found("database");
        clock.advance(Duration.ofMillis(9_999));
        found("database");
        assertThat(check.calls()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        check.down("Gone.");
        assertThat(found("database").status()).isEqualTo(DOWN);
        assertThat(check.calls()).isEqualTo(2);

        check.up();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(found("database").status()).isEqualTo(DOWN);
        clock.advance(Duration.ofMillis(1));
        assertThat(found("database").status()).isEqualTo(UP);
        assertThat(check.calls()).isEqualTo(3);
    }

    @Test
    void hc3_onlyFailuresInARowBringAPartDown() {
        registry().register("database", check, ANEW.failureThreshold(3));

        assertThat(statusesAfter(UP, DOWN, DOWN, UP, DOWN, DOWN, UP)).doesNotContain(DOWN);
        assertThat(statusesAfter(DOWN, DOWN, DOWN, DOWN)).containsExactly(DEGRADED, DEGRADED, DOWN, DOWN);
    }

    @Test
    void hc3_onlySuccessesInARowBringAPartBack() {
        registry().register("database", check, ANEW.successThreshold(2));

        assertThat(statusesAfter(UP, DOWN, UP, DOWN, UP, UP)).containsExactly(UP, DOWN, DOWN, DOWN, DOWN, UP);
    }

    @Test
    void hc3_theFirstResultCountsAtOnce() {
        registry().register("database", check, ANEW.failureThreshold(3).successThreshold(3));

        assertThat(statusesAfter(DOWN, UP, UP, UP)).containsExactly(DOWN, DOWN, DOWN, UP);
    }

    @Test
    void hc3_eachChangeIsHeardOnceAndInItsOrder() {
        List<HealthChange> heard = new CopyOnWriteArrayList<>();
        register("database", check);
        registry().addListener(heard::add);

        statusesAfter(UP, UP, DOWN, DOWN, DEGRADED, UP);

        eventually()
                .pass(() -> assertThat(heard)
                        .extracting(HealthChange::to)
                        .as("changes")
                        .containsExactly(UP, DOWN, DEGRADED, UP));
        assertThat(heard).extracting(HealthChange::from).containsExactly(UNKNOWN, UP, DOWN, DEGRADED);
        assertThat(heard).extracting(HealthChange::name).containsOnly("database");
    }

    @Test
    void hc3_aListenerThatThrowsKeepsNobodyFromHearing() {
        List<HealthChange> heard = new CopyOnWriteArrayList<>();
        register("database", check);
        registry().addListener(change -> {
            throw new IllegalStateException("on purpose");
        });
        registry().addListener(heard::add);

        assertThat(found("database").status()).isEqualTo(UP);

        eventually().pass(() -> assertThat(heard).hasSize(1));
    }

    @Test
    void hc3_aServiceThatShutsDownIsAliveAndNotReady() {
        register("database", HealthResult::up);
        registry().register("deadlock", HealthResult::up, ANEW.countsFor(HealthGroup.LIVENESS));

        registry().shutdown();

        assertThat(registry().check(HealthGroup.READINESS).status()).isEqualTo(DOWN);
        assertThat(registry().checkAll().status()).isEqualTo(DOWN);
        assertThat(registry().check(HealthGroup.LIVENESS).status()).isEqualTo(UP);
    }
}
