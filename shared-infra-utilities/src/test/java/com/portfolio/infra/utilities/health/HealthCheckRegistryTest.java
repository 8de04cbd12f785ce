package com.portfolio.infra.utilities.health;

import static com.portfolio.infra.ports.health.HealthStatus.DEGRADED;
import static com.portfolio.infra.ports.health.HealthStatus.DOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UNKNOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.utilities.SetClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckRegistryTest {

    private static final HealthCheckSettings ANEW =
            HealthCheckSettings.defaults().interval(Duration.ZERO).downInterval(Duration.ZERO);
    private static final HealthCheckSettings OPTIONAL = ANEW.optional();

    private final SetClock clock = new SetClock();
    private final HealthCheckRegistry registry = new HealthCheckRegistry(HealthCheckSettings.defaults(), clock);

    @AfterEach
    void close() {
        registry.close();
    }

    private static HealthResult unknown() {
        return new HealthResult(UNKNOWN, Optional.of("Not called yet."), Map.of(), Duration.ZERO, Instant.EPOCH);
    }

    private HealthResult only(HealthCheck check) {
        registry.register("only", check, ANEW);
        return registry.checkAll().result("only").orElseThrow();
    }

    @Test
    void withoutChecksAllIsWell() {
        HealthReport report = registry.checkAll();

        assertThat(report.status()).isEqualTo(UP);
        assertThat(report.reason()).isEmpty();
        assertThat(report.parts()).isEmpty();
        assertThat(report.at()).isEqualTo(SetClock.NOON);
    }

    @Test
    void aReportHasEveryCheckInTheOrderOfRegistration() {
        registry.register("zebra", HealthResult::up);
        registry.register("ape", () -> HealthResult.up().with("lag", 3), OPTIONAL);

        HealthReport report = registry.checkAll();

        assertThat(report.parts()).extracting(HealthReport.Part::name).containsExactly("zebra", "ape");
        assertThat(report.parts()).extracting(HealthReport.Part::critical).containsExactly(true, false);
        assertThat(report.result("ape").orElseThrow().details()).containsEntry("lag", 3);
        assertThat(report.result("ape").orElseThrow().checkedAt()).isEqualTo(SetClock.NOON);
        assertThat(report.result("none")).isEmpty();
        assertThat(report.status()).isEqualTo(UP);
    }

    @Test
    void aCriticalCheckThatIsDownBringsTheWholeDown() {
        registry.register("database", () -> HealthResult.down("Gone."));
        registry.register("cache", () -> HealthResult.degraded("Slow."), OPTIONAL);
        registry.register("bus", HealthResult::up);

        HealthReport report = registry.checkAll();

        assertThat(report.isDown()).isTrue();
        assertThat(report.reason()).contains("database is DOWN, cache is DEGRADED.");
    }

    @Test
    void anOptionalCheckDegradesTheWholeAtWorst() {
        Probe cache = new Probe().isDown();
        registry.register("cache", cache, OPTIONAL.failureThreshold(1));

        assertThat(registry.checkAll().status()).isEqualTo(DEGRADED);
        cache.finds(unknown());
        assertThat(registry.checkAll().status()).isEqualTo(DEGRADED);
        assertThat(registry.checkAll().isDown()).isFalse();
        cache.finds(HealthResult.up());
        assertThat(registry.checkAll().status()).isEqualTo(UP);
    }

    @Test
    void whatIsNotKnownIsNotDown() {
        registry.register("database", HealthCheckRegistryTest::unknown);

        assertThat(registry.check(HealthGroup.READINESS).status()).isEqualTo(UNKNOWN);
        assertThat(registry.check(HealthGroup.READINESS).isDown()).isFalse();
    }

    @Test
    void aCheckCountsForItsGroupsOnly() {
        Probe both = new Probe();
        registry.register("database", () -> HealthResult.down("Gone."));
        registry.register("deadlock", HealthResult::up, ANEW.countsFor(HealthGroup.LIVENESS));
        registry.register("warm", both, ANEW.countsFor(HealthGroup.STARTUP, HealthGroup.READINESS));
        registry.register("rest", HealthResult::up, ANEW.countsFor());

        assertThat(names(registry.check(HealthGroup.LIVENESS))).containsExactly("deadlock");
        assertThat(both.calls()).isZero();
        assertThat(names(registry.check(HealthGroup.READINESS))).containsExactly("database", "warm");
        assertThat(names(registry.check(HealthGroup.STARTUP))).containsExactly("warm");
        assertThat(names(registry.checkAll())).containsExactly("database", "deadlock", "warm", "rest");
        assertThat(registry.check(HealthGroup.LIVENESS).status()).isEqualTo(UP);
        assertThat(registry.check(HealthGroup.READINESS).status()).isEqualTo(DOWN);
    }

    private static Iterable<String> names(HealthReport report) {
        return report.parts().stream().map(HealthReport.Part::name).toList();
    }

    @Test
    void aRegistryIsACheckOfAnother() throws Exception {
        registry.register("database", () -> HealthResult.down("Gone.").with("port", 5432));
        registry.register("bus", HealthResult::up);
        try (HealthCheckRegistry outer = new HealthCheckRegistry()) {
            outer.register("inner", registry);

            assertThat(registry.check().duration()).isPositive().isLessThan(Duration.ofHours(1));
            HealthResult result = outer.checkAll().result("inner").orElseThrow();

            assertThat(result.status()).isEqualTo(DOWN);
            assertThat(result.reason()).contains("database is DOWN.");
            assertThat(result.details())
                    .containsEntry(
                            "database", Map.of("status", "DOWN", "reason", "Gone.", "details", Map.of("port", 5432)))
                    .containsEntry("bus", Map.of("status", "UP"));
        }
    }

    @Test
    void aCheckThatThrowsIsDownAndItsMessageIsNotTold() {
        HealthResult found = only(() -> {
            throw new IllegalStateException(
                    "for user app with swordfish", new SQLException("jdbc:postgresql://app:swordfish@db/x"));
        });

        assertThat(found.status()).isEqualTo(DOWN);
        assertThat(found.reason()).contains("The check failed: IllegalStateException, caused by SQLException.");
        assertThat(registry.checkAll().toString()).doesNotContain("swordfish");
    }

    @Test
    void theMessageOfAnExceptionOfOursIsTold() {
        HealthResult found = only(() -> {
            throw new CompletionException(new EventStoreUnavailableException("The database does not answer.", null));
        });

        assertThat(found.reason()).contains("The check failed: The database does not answer.");
    }

    @Test
    void anErrorIsDownToo() {
        HealthResult found = only(() -> {
            throw new NoClassDefFoundError("x/Y");
        });

        assertThat(found.reason()).contains("The check failed: NoClassDefFoundError.");
    }

    @Test
    void exceptionsThatCauseEachOtherAreDownToo() {
        Exception one = new Exception("1");
        Exception two = new Exception("2", one);
        one.initCause(two);

        assertThat(only(() -> {
                            throw one;
                        })
                        .status())
                .isEqualTo(DOWN);
    }

    @Test
    @SuppressWarnings("NullAway") // what the test is about
    void aCheckThatReturnsNothingIsDown() {
        assertThat(only(() -> null).reason()).contains("The check returned nothing.");
    }

    @Test
    void aResultStandsForTheInterval() {
        Probe probe = new Probe();
        registry.register("database", probe, HealthCheckSettings.defaults());

        HealthResult first = registry.checkAll().result("database").orElseThrow();
        clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(registry.check(HealthGroup.READINESS).result("database")).contains(first);
        assertThat(probe.calls()).isEqualTo(1);

        clock.advance(Duration.ofNanos(1));
        assertThat(registry.checkAll().result("database").orElseThrow().checkedAt())
                .isEqualTo(SetClock.NOON.plusSeconds(10));
        assertThat(probe.calls()).isEqualTo(2);
    }

    @Test
    void aFailureStandsForAShorterTime() {
        Probe probe = new Probe().isDown();
        registry.register("database", probe);

        registry.checkAll();
        clock.advance(Duration.ofSeconds(4));
        registry.checkAll();
        assertThat(probe.calls()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        registry.checkAll();
        assertThat(probe.calls()).isEqualTo(2);
    }

    @Test
    void aFailureThatDoesNotCountYetIsLookedAtAgainAsSoon() {
        Probe probe = new Probe();
        registry.register("database", probe);
        registry.checkAll();
        probe.isDown();
        clock.advance(Duration.ofSeconds(10));
        assertThat(registry.checkAll().status()).isEqualTo(DEGRADED);

        clock.advance(Duration.ofSeconds(5));
        assertThat(registry.checkAll().status()).isEqualTo(DEGRADED);
        clock.advance(Duration.ofSeconds(5));
        assertThat(registry.checkAll().status()).isEqualTo(DOWN);
        assertThat(probe.calls()).isEqualTo(4);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeAResultStandForLonger() {
        Probe probe = new Probe();
        registry.register("database", probe);
        registry.checkAll();

        clock.advance(Duration.ofHours(-1));
        registry.checkAll();

        assertThat(probe.calls()).isEqualTo(2);
    }

    @Test
    void timesAreMeasuredByTheRegistry() {
        HealthResult claimed =
                HealthResult.up().took(Duration.ofDays(1), Instant.EPOCH).with("a", 1);

        HealthResult found = only(() -> claimed);

        assertThat(found.duration()).isLessThan(Duration.ofDays(1)).isPositive();
        assertThat(found.checkedAt()).isEqualTo(SetClock.NOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a:b", "a\nb", "\ud800"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register(name, HealthResult::up))
                .withMessageContaining("health check");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("x".repeat(201), HealthResult::up))
                .withMessageContaining("200");
        registry.register("x".repeat(200), HealthResult::up);
    }

    @Test
    void aNameIsTakenOnce() {
        registry.register("database", HealthResult::up);

        assertThatIllegalStateException()
                .isThrownBy(() -> registry.register("database", HealthResult::up))
                .withMessage("There is a health check 'database' already.");
    }

    @Test
    void aRegistryIsNoCheckOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("all", registry))
                .withMessageContaining("'all'");
    }

    @Test
    @SuppressWarnings("NullAway") // what the test is about
    void nullsAreRefusedAtOnce() {
        assertThatNullPointerException().isThrownBy(() -> registry.register(null, HealthResult::up));
        assertThatNullPointerException().isThrownBy(() -> registry.register("a", null));
        assertThatNullPointerException().isThrownBy(() -> registry.register("a", HealthResult::up, null));
        assertThatNullPointerException().isThrownBy(() -> registry.addListener(null));
        assertThatNullPointerException().isThrownBy(() -> registry.check(null));
    }

    @Test
    void afterShutdownTheServiceIsAliveAndNotReady() {
        registry.register("database", HealthResult::up);
        registry.register("deadlock", HealthResult::up, ANEW.countsFor(HealthGroup.LIVENESS, HealthGroup.STARTUP));

        registry.shutdown();

        assertThat(registry.check(HealthGroup.READINESS).status()).isEqualTo(DOWN);
        assertThat(registry.check(HealthGroup.READINESS).reason()).contains("The service is shutting down.");
        assertThat(registry.checkAll().status()).isEqualTo(DOWN);
        assertThat(registry.check(HealthGroup.LIVENESS).status()).isEqualTo(UP);
        assertThat(registry.check(HealthGroup.STARTUP).status()).isEqualTo(UP);
    }

    @Test
    void afterShutdownChecksAreStillRun() {
        Probe probe = new Probe();
        registry.register("database", probe, ANEW);
        registry.shutdown();

        probe.isDown();

        assertThat(registry.checkAll().reason()).contains("The service is shutting down. database is DOWN.");
    }

    @Test
    void afterClosingWhatWasFoundLastIsToldAndNothingRuns() {
        Probe probe = new Probe();
        registry.register("database", probe, ANEW.countsFor(HealthGroup.LIVENESS));
        registry.register("new", probe, ANEW.countsFor());
        registry.check(HealthGroup.LIVENESS);

        registry.close();
        registry.close();

        assertThat(registry.check(HealthGroup.LIVENESS).status()).isEqualTo(UP);
        assertThat(registry.checkAll().result("new")).map(HealthResult::status).contains(UNKNOWN);
        assertThat(registry.checkAll().status()).isEqualTo(DOWN);
        assertThat(probe.calls()).isEqualTo(1);
        registry.watch();
        assertThatIllegalStateException().isThrownBy(() -> registry.register("late", HealthResult::up));
    }

    @Test
    void theRegistryOfAServiceStartsUpWithWhatIsUsual() {
        HealthCheckSettings usual = HealthCheckSettings.defaults();

        assertThat(usual.critical()).isTrue();
        assertThat(usual.groups()).containsExactly(HealthGroup.READINESS);
        assertThat(usual.timeout()).hasSeconds(2);
        assertThat(usual.interval()).hasSeconds(10);
        assertThat(usual.downInterval()).hasSeconds(5);
        assertThat(usual.failureThreshold()).isEqualTo(3);
        assertThat(usual.successThreshold()).isEqualTo(1);
    }

    @Test
    void aRegistryMayHaveDefaultsOfItsOwn() {
        Probe probe = new Probe();
        try (HealthCheckRegistry strict = new HealthCheckRegistry(ANEW.failureThreshold(1))) {
            strict.register("database", probe);
            assertThat(strict.checkAll().status()).isEqualTo(UP);
            probe.isDown();
            assertThat(strict.checkAll().status()).isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void settingsThatCantBeUsedAreNamedAllAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheckSettings(
                        true, Set.of(), Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(-2), 0, -1))
                .withMessage("The settings of a health check can't be used: the timeout must be positive, not PT0S; the"
                        + " interval must not be negative, not PT-1S; the interval while down must not be negative, not"
                        + " PT-2S; the failure threshold must be at least 1, not 0; the success threshold must be at"
                        + " least 1, not -1.");
    }
}
