package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.testing.memory.SettableHealthCheck;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HC.1: checks run side by side, each once at a time and under a time limit, and asking never throws. */
public abstract class HealthRunningContract extends HealthRegistryRules {

    /** Long enough for a thread to start on a machine that is busy with something else. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final HealthCheckSettings IMPATIENT = ANEW.timeout(SHORT);

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    final void letGoOfWhatHangs() {
        release.countDown();
    }

    /** Hangs and heeds no interrupt. */
    private HealthCheck deaf(AtomicInteger calls) {
        return () -> {
            calls.incrementAndGet();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    released = false;
                }
            }
            return HealthResult.up();
        };
    }

    /** Asks in a thread of its own, which is let go if there is no answer in time. */
    private HealthReport asked() {
        Duration limit = fixture().patience();
        FutureTask<HealthReport> asking = new FutureTask<>(registry()::checkAll);
        Thread caller = new Thread(asking, "kit-caller");
        caller.setDaemon(true);
        caller.start();
        try {
            return asking.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("checkAll did not return within " + limit + ": " + e, e);
        }
    }

    @Test
    void hc1_checksRunSideBySide() {
        int checks = 6;
        CyclicBarrier together = new CyclicBarrier(checks);
        for (int i = 0; i < checks; i++) {
            registry()
                    .register(
                            "check-" + i,
                            () -> {
                                together.await();
                                return HealthResult.up();
                            },
                            ANEW.timeout(fixture().patience()));
        }

        assertThat(registry().checkAll().status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void hc1_aCheckThatHangsIsDownAndTheOthersAreTold() {
        SettableHealthCheck hanging = new SettableHealthCheck();
        hanging.hang();
        registry().register("hanging", hanging, IMPATIENT);
        register("well", HealthResult::up);

        HealthReport report = asked();

        assertThat(result(report, "hanging").status()).isEqualTo(HealthStatus.DOWN);
        assertThat(result(report, "hanging").reason().orElse("")).contains("timed out after 500 ms");
        assertThat(result(report, "well").status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void hc1_aCheckThatHangsIsInterrupted() {
        SettableHealthCheck hanging = new SettableHealthCheck();
        hanging.hang();
        registry().register("hanging", hanging, IMPATIENT);

        asked();

        eventually().holds("the hanging check to be interrupted", () -> hanging.running() == 0);
    }

    @Test
    void hc1_aCheckIsNotStartedAgainWhileItStillRuns() {
        AtomicInteger calls = new AtomicInteger();
        registry().register("deaf", deaf(calls), IMPATIENT);

        for (int i = 0; i < 4; i++) {
            assertThat(result(asked(), "deaf").status()).isEqualTo(HealthStatus.DOWN);
        }

        assertThat(calls).hasValue(1);
        release.countDown();
        eventually().holds("the check to be started again", () -> found("deaf").status() == HealthStatus.UP);
    }

    @Test
    void hc1_whoeverAsksWhileACheckRunsGetsTheResultOfThatRun() {
        SettableHealthCheck check = new SettableHealthCheck();
        check.hang();
        register("database", check);
        List<FutureTask<HealthReport>> asking = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<HealthReport> one = new FutureTask<>(registry()::checkAll);
            Thread caller = new Thread(one, "kit-caller-" + i);
            caller.setDaemon(true);
            caller.start();
            eventually()
                    .holds(
                            "the caller to wait",
                            () -> check.running() > 0
                                    && (caller.getState() == Thread.State.WAITING
                                            || caller.getState() == Thread.State.TIMED_WAITING));
            asking.add(one);
        }

        check.up();

        for (FutureTask<HealthReport> one : asking) {
            assertThat(one)
                    .succeedsWithin(fixture().patience())
                    .extracting(HealthReport::status)
                    .isEqualTo(HealthStatus.UP);
        }
        assertThat(check.calls()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // a check that breaks its contract
    void hc1_askingNeverThrowsWhateverACheckDoes() {
        SettableHealthCheck failing = new SettableHealthCheck();
        failing.fail(new IllegalStateException("on purpose"));
        register("failing", failing);
        register("nothing", () -> null);
        register("broken", () -> {
            throw new StackOverflowError("on purpose");
        });
        register("well", HealthResult::up);

        HealthReport report = registry().checkAll();

        for (String name : List.of("failing", "nothing", "broken")) {
            assertThat(result(report, name).status()).as(name).isEqualTo(HealthStatus.DOWN);
            assertThat(result(report, name).reason()).as(name).isPresent();
        }
        assertThat(result(report, "well").status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void hc1_anInterruptedCallerIsAnsweredAndStaysInterrupted() {
        SettableHealthCheck hanging = new SettableHealthCheck();
        hanging.hang();
        register("hanging", hanging);
        boolean interrupted;
        HealthReport report;
        Thread.currentThread().interrupt();
        try {
            report = registry().checkAll();
        } finally {
            interrupted = Thread.interrupted();
        }

        assertThat(interrupted).isTrue();
        assertThat(result(report, "hanging").status()).isEqualTo(HealthStatus.UNKNOWN);
    }

    @Test
    void hc1_closingLetsEverybodyGo() {
        SettableHealthCheck hanging = new SettableHealthCheck();
        hanging.hang();
        register("hanging", hanging);
        FutureTask<HealthReport> asking = new FutureTask<>(registry()::checkAll);
        Thread caller = new Thread(asking, "kit-caller");
        caller.setDaemon(true);
        caller.start();
        eventually().holds("the check to run", () -> hanging.running() == 1);

        registry().close();

        assertThat(asking).succeedsWithin(fixture().patience());
        eventually().holds("the check to be interrupted", () -> hanging.running() == 0);
    }
}
