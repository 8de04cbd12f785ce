package com.portfolio.infra.utilities.health;

import static com.portfolio.infra.ports.health.HealthStatus.DEGRADED;
import static com.portfolio.infra.ports.health.HealthStatus.DOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UNKNOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.utilities.SetClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who runs when, for how long, and who waits for it. */
class RunningChecksTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** Long enough for a thread to start on a machine that is busy with something else. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final HealthCheckSettings ANEW = HealthCheckSettings.defaults()
            .timeout(LONG)
            .interval(Duration.ZERO)
            .downInterval(Duration.ZERO)
            .failureThreshold(1);
    private static final HealthCheckSettings IMPATIENT = ANEW.timeout(SHORT);

    private final CountDownLatch latch = new CountDownLatch(1);
    private final HealthCheckRegistry registry = new HealthCheckRegistry();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        latch.countDown();
        registry.close();
        callers.shutdownNow();
    }

    private HealthResult found(String name) {
        return registry.checkAll().result(name).orElseThrow();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    @Test
    void checksRunSideBySide() {
        int checks = 8;
        CyclicBarrier together = new CyclicBarrier(checks);
        for (int i = 0; i < checks; i++) {
            registry.register(
                    "check-" + i,
                    () -> {
                        together.await();
                        return HealthResult.up();
                    },
                    ANEW);
        }

        assertThat(registry.checkAll().status()).isEqualTo(UP);
    }

    @Test
    void manyCallersShareOneRun() throws Exception {
        int many = 50;
        Probe probe = new Probe().hangsOn(latch);
        registry.register("database", probe, ANEW.interval(Duration.ofHours(1)));
        List<Future<HealthReport>> asking = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            asking.add(callers.submit(i % 2 == 0 ? registry::checkAll : () -> registry.check(HealthGroup.READINESS)));
        }
        until(() -> probe.running() == 1);

        latch.countDown();

        Set<HealthResult> results = ConcurrentHashMap.newKeySet();
        for (Future<HealthReport> one : asking) {
            results.add(get(one).result("database").orElseThrow());
        }
        assertThat(results).hasSize(1);
        assertThat(probe.calls()).isEqualTo(1);
    }

    @Test
    void neverDoTwoRunsOfACheckOverlap() throws Exception {
        AtomicReference<Thread> inside = new AtomicReference<>();
        List<String> overlaps = new ArrayList<>();
        registry.register(
                "database",
                () -> {
                    if (!inside.compareAndSet(null, Thread.currentThread())) {
                        overlaps.add("at once");
                    }
                    Thread.onSpinWait();
                    inside.set(null);
                    return HealthResult.up();
                },
                ANEW);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Void>> asking = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            asking.add(callers.submit(() -> {
                start.await();
                for (int n = 0; n < 500; n++) {
                    assertThat(registry.checkAll().status()).isEqualTo(UP);
                }
                return null;
            }));
        }
        for (Future<Void> one : asking) {
            get(one);
        }

        assertThat(overlaps).isEmpty();
    }

    @Test
    void aCheckThatHangsIsDownAndInterruptedAndTheOthersAreTold() {
        Probe hanging = new Probe().hangsOn(latch);
        registry.register("hanging", hanging, IMPATIENT);
        registry.register("well", HealthResult::up, ANEW);

        HealthReport report = registry.checkAll();

        HealthResult late = report.result("hanging").orElseThrow();
        assertThat(late.status()).isEqualTo(DOWN);
        assertThat(late.reason()).contains("The check timed out after 500 ms.");
        assertThat(late.duration()).isGreaterThanOrEqualTo(SHORT).isLessThan(LONG);
        assertThat(report.result("well").orElseThrow().status()).isEqualTo(UP);
        until(() -> hanging.interrupts() == 1 && hanging.running() == 0);
    }

    @Test
    void theTimeLimitHoldsThoughNobodyWaits() {
        Probe hanging = new Probe().hangsOn(latch);
        registry.register("hanging", hanging, IMPATIENT);
        Thread.currentThread().interrupt();
        registry.checkAll();
        assertThat(Thread.interrupted()).isTrue();

        until(() -> hanging.interrupts() == 1);
    }

    @Test
    void aCheckThatStillRunsIsNotStartedAgainUntilItHasEnded() {
        Probe deaf = new Probe().hangsDeafOn(latch);
        registry.register("deaf", deaf, IMPATIENT);
        assertThat(found("deaf").reason()).contains("The check timed out after 500 ms.");

        for (int i = 0; i < 5; i++) {
            HealthResult again = found("deaf");
            assertThat(again.status()).isEqualTo(DOWN);
            assertThat(again.reason().orElseThrow())
                    .startsWith("The check timed out after 500 ms and still runs, for ")
                    .endsWith(" s now; it is not started again.");
        }
        assertThat(deaf.calls()).isEqualTo(1);

        latch.countDown();
        until(() -> found("deaf").status() == UP);
        assertThat(deaf.calls()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatALateRunFoundDoesNotCount() {
        SetClock clock = new SetClock();
        CountDownLatch ended = new CountDownLatch(1);
        Probe deaf = new Probe().hangsDeafOn(latch);
        try (HealthCheckRegistry patient = new HealthCheckRegistry(ANEW, clock)) {
            patient.register(
                    "deaf",
                    () -> {
                        HealthResult result = deaf.check();
                        ended.countDown();
                        return result;
                    },
                    IMPATIENT.downInterval(Duration.ofHours(1)));
            until(() -> {
                clock.advance(Duration.ofHours(2));
                patient.checkAll();
                return deaf.running() == 1;
            });

            latch.countDown();
            until(() -> ended.getCount() == 0);

            assertThat(patient.checkAll().status()).isEqualTo(DOWN);
        }
    }

    @Test
    void aThreadThatWasInterruptedRunsTheNextCheckUninterrupted() {
        Probe probe = new Probe().hangsOn(latch);
        registry.register("database", probe, IMPATIENT);
        for (int i = 0; i < 3; i++) {
            assertThat(found("database").status()).isEqualTo(DOWN);
            until(() -> probe.running() == 0);
        }
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        probe.finds(() -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            return HealthResult.up();
        });

        until(() -> found("database").status() == UP);

        assertThat(interrupted.get()).isFalse();
    }

    @Test
    void aCallerThatIsInterruptedGoesAndTheRunGoesOn() throws Exception {
        Probe probe = new Probe().hangsOn(latch);
        registry.register("database", probe, ANEW.interval(Duration.ofHours(1)));
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
        FutureTask<HealthReport> asking = new FutureTask<>(() -> {
            HealthReport report = registry.checkAll();
            stillInterrupted.set(Thread.currentThread().isInterrupted());
            return report;
        });
        Thread caller = new Thread(asking);
        caller.start();
        until(() -> probe.running() == 1);

        caller.interrupt();

        HealthResult result = get(asking).result("database").orElseThrow();
        assertThat(result.status()).isEqualTo(UNKNOWN);
        assertThat(result.reason()).contains("The check has not ended yet.");
        assertThat(stillInterrupted.get()).isTrue();
        latch.countDown();
        assertThat(found("database").status()).isEqualTo(UP);
        assertThat(probe.calls()).isEqualTo(1);
        assertThat(probe.interrupts()).isZero();
    }

    @Test
    void moreChecksThanThreadsAreAllRun() {
        int many = 3 * CheckThreads.MAX;
        Set<String> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < many; i++) {
            registry.register(
                    "check-" + i,
                    () -> {
                        threads.add(Thread.currentThread().getName().replaceFirst("-check-.*", ""));
                        assertThat(Thread.currentThread().isDaemon()).isTrue();
                        return HealthResult.up();
                    },
                    ANEW);
        }

        assertThat(registry.checkAll().status()).isEqualTo(UP);
        assertThat(threads).hasSizeLessThanOrEqualTo(CheckThreads.MAX);
    }

    @Test
    void aCheckForWhichThereIsNoThreadIsDown() {
        List<Probe> deaf = new ArrayList<>();
        for (int i = 0; i < CheckThreads.MAX; i++) {
            Probe one = new Probe().hangsDeafOn(latch);
            deaf.add(one);
            registry.register("deaf-" + i, one, IMPATIENT.countsFor(HealthGroup.LIVENESS));
        }
        until(() -> {
            registry.check(HealthGroup.LIVENESS);
            return deaf.stream().allMatch(one -> one.running() == 1);
        });
        Probe late = new Probe();
        registry.register("late", late, IMPATIENT);

        HealthResult result =
                registry.check(HealthGroup.READINESS).result("late").orElseThrow();

        assertThat(result.status()).isEqualTo(DOWN);
        assertThat(result.reason()).contains("The check was not started within 500 ms.");
        latch.countDown();
        until(() -> found("late").status() == UP);
        assertThat(late.calls()).isLessThanOrEqualTo(2);
    }

    @Test
    void theThreadIsNamedAfterItsCheck() {
        AtomicReference<String> name = new AtomicReference<>();
        registry.register(
                "database",
                () -> {
                    name.set(Thread.currentThread().getName());
                    return HealthResult.up();
                },
                ANEW);

        registry.checkAll();

        assertThat(name.get()).isEqualTo("health-1-database");
    }

    @Test
    void closingInterruptsWhatRunsAndLetsEverybodyGo() throws Exception {
        Probe hanging = new Probe().hangsOn(latch);
        Probe deaf = new Probe().hangsDeafOn(latch);
        registry.register("hanging", hanging, ANEW);
        registry.register("deaf", deaf, ANEW);
        Future<HealthReport> asking = callers.submit(registry::checkAll);
        until(() -> hanging.running() == 1 && deaf.running() == 1);

        registry.close();

        HealthReport report = get(asking);
        assertThat(report.status()).isEqualTo(DOWN);
        assertThat(report.parts()).extracting(part -> part.result().status()).containsOnly(UNKNOWN);
        until(() -> hanging.interrupts() == 1 && deaf.interrupts() == 1);
    }

    @Test
    void aWatchedRegistryLooksByItself() {
        Probe probe = new Probe();
        registry.register("database", probe, ANEW);

        registry.watch();
        registry.watch();

        until(() -> probe.calls() >= 2);
        assertThat(watching()).hasSize(1).allMatch(Thread::isDaemon);
        registry.close();
        until(() -> watching().isEmpty());
    }

    private static List<Thread> watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("health-watch"))
                .toList();
    }

    @Test
    void aCheckMayAskItsOwnRegistryAndIsDownForIt() throws BrokenBarrierException {
        registry.register("circle", () -> registry.check(), IMPATIENT);
        registry.register("well", HealthResult::up, ANEW.optional());

        HealthReport report = registry.checkAll();

        assertThat(report.result("circle").orElseThrow().status()).isEqualTo(DOWN);
        assertThat(report.status()).isEqualTo(DOWN).isNotEqualTo(DEGRADED);
    }
}
