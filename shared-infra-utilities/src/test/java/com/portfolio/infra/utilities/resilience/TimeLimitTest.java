package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.PATIENCE;
import static com.portfolio.infra.utilities.resilience.Policies.attempts;
import static com.portfolio.infra.utilities.resilience.Policies.smallBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.event.Correlation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofMillis(50);

    private final CountDownLatch never = new CountDownLatch(1);
    private Resilience resilience = limited(LIMIT).build();

    private static Resilience.Builder limited(Duration limit) {
        return Resilience.builder("hanging").retry(RetryPolicy.never()).timeLimit(limit);
    }

    @AfterEach
    void close() {
        never.countDown();
        resilience.close();
        MDC.clear();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hanging-"))
                .toList();
    }

    @Test
    void aCallThatHangsIsEndedAndItsThreadInterrupted() {
        AtomicReference<Exception> seen = new AtomicReference<>();

        assertThatThrownBy(() -> resilience.run(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        seen.set(e);
                        throw e;
                    }
                }))
                .isInstanceOfSatisfying(CallTimedOutException.class, e -> {
                    assertThat(e.limit()).isEqualTo(LIMIT);
                    assertThat(e.isRetryable()).isTrue();
                })
                .hasMessage("No answer from 'hanging' within 50 ms; it is unknown whether its work was done.");

        await().atMost(PATIENCE).until(() -> seen.get() != null);
    }

    @Test
    void aCallThatDoesNotListenIsLeftBehindAndKeepsItsPlaceInTheBulkhead() {
        resilience = limited(LIMIT).bulkhead(1).build();
        AtomicInteger running = new AtomicInteger();

        assertThatThrownBy(() -> resilience.run(() -> {
                    running.incrementAndGet();
                    while (never.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    running.decrementAndGet();
                }))
                .isInstanceOf(CallTimedOutException.class);

        assertThat(running).hasValue(1);
        assertThatThrownBy(() -> resilience.run(() -> {}))
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("1 calls are under way already, so the call to 'hanging' was not made.");

        never.countDown();
        await().atMost(PATIENCE).until(() -> running.get() == 0);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(BulkheadFullException.class)
                .untilAsserted(() -> {
                    resilience.run(() -> {});
                });
    }

    @Test
    void eachAttemptHasTheLimitAndCountsForTheBreaker() {
        resilience = Resilience.builder("hanging")
                .retry(attempts(3))
                .circuitBreaker(smallBreaker().build())
                .timeLimit(LIMIT)
                .build();
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> resilience.run(() -> {
                    calls.incrementAndGet();
                    never.await();
                }))
                .isInstanceOf(CallTimedOutException.class);

        assertThat(calls).hasValue(3);
        assertThat(resilience.circuitBreaker().orElseThrow().figures().failed()).isEqualTo(3);
    }

    @Test
    void theDeadlineShortensTheLimit() {
        resilience = Resilience.builder("hanging")
                .retry(RetryPolicy.builder().deadline(LIMIT).build())
                .timeLimit(Duration.ofHours(1))
                .build();

        assertThatThrownBy(() -> resilience.run(never::await))
                .isInstanceOfSatisfying(
                        CallTimedOutException.class, e -> assertThat(e.limit()).isLessThanOrEqualTo(LIMIT));
    }

    @Test
    void aCallerThatIsInterruptedIsLetGoAndKeepsItsStatusAndTheCallIsInterruptedToo() throws Exception {
        resilience = limited(Duration.ofHours(1)).build();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                resilience.run(() -> {
                    inside.countDown();
                    try {
                        never.await();
                    } finally {
                        ended.countDown();
                    }
                });
            } catch (Throwable e) {
                thrown.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        inside.await();

        caller.interrupt();
        caller.join(PATIENCE.toMillis());
        ended.await();

        assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
        assertThat(interrupted.get()).isTrue();
        assertThat(resilience.circuitBreaker().orElseThrow().figures().calls())
                .as("it says nothing of the dependency")
                .isZero();
    }

    @Test
    void whatTheCallThrowsComesOutAsItIs() {
        resilience.close();
        resilience = limited(PATIENCE).build();
        IOException checked = new IOException("no");
        AssertionError error = new AssertionError("no");

        assertThatThrownBy(() -> resilience.run(() -> {
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> resilience.run(() -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void theCallHasTheCallersCorrelationAndLoggingContext() {
        resilience.close();
        resilience = limited(PATIENCE).build();
        List<String> seen = new CopyOnWriteArrayList<>();
        MDC.put("request", "42");
        Correlation.Scope scope = Correlation.open("7");
        try {
            resilience.run(() -> seen.add(MDC.get("request") + " "
                    + Correlation.current().correlationId().orElse("none")));
        } finally {
            scope.close();
            MDC.clear();
        }
        resilience.run(() -> seen.add(
                MDC.get("request") + " " + Correlation.current().correlationId().orElse("none")));

        assertThat(seen).containsExactly("42 7", "null none");
    }

    @Test
    void withoutALimitTheCallRunsOnTheCallersThread() {
        try (Resilience unlimited = Resilience.of("unlimited")) {
            assertThat(unlimited.<Thread, RuntimeException>call(Thread::currentThread))
                    .isSameAs(Thread.currentThread());
        }
        assertThat(resilience.onceInPlace().<Thread, RuntimeException>call(Thread::currentThread))
                .isSameAs(Thread.currentThread());
    }

    @Test
    void anExecutorThatIsFullRefusesTheCall() {
        resilience = limited(LIMIT)
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .build();

        assertThatThrownBy(() -> resilience.run(() -> {}))
                .isInstanceOf(BulkheadFullException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aGivenExecutorIsUsed() {
        resilience = limited(Duration.ofHours(1)).executor(Runnable::run).build();

        assertThat(resilience.<Thread, RuntimeException>call(Thread::currentThread))
                .isSameAs(Thread.currentThread());
    }

    @Test
    void closingReleasesTheThreads() {
        resilience.run(() -> {});
        assertThat(threads()).isNotEmpty();

        resilience.close();

        await().atMost(PATIENCE).until(() -> threads().isEmpty());
    }
}
