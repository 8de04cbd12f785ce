package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.PATIENCE;
import static com.portfolio.infra.utilities.resilience.Policies.atOnce;
import static com.portfolio.infra.utilities.resilience.Policies.away;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.utilities.SetClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final int CALLERS = 1_000;

    private final SetClock clock = new SetClock();

    @Test
    void aThousandCallersOfADependencyThatFailsAddLessThanAFifthOfTheirLoad() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch allInside = new CountDownLatch(CALLERS);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Resilience resilience = Resilience.builder("dependency")
                .retry(atOnce().maxAttempts(3).budget(RetryBudget.defaults()).build())
                .withoutCircuitBreaker()
                .clock(clock)
                .build()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    try {
                        resilience.run(() -> {
                            calls.incrementAndGet();
                            // Slow: it answers nobody before everybody has asked.
                            allInside.countDown();
                            allInside.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                            throw away();
                        });
                    } catch (Exception e) {
                        failed.incrementAndGet();
                    }
                });
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            callers.shutdownNow();
        }

        assertThat(failed).hasValue(CALLERS);
        assertThat(calls)
                .as("1,000 and what the budget allows, 150, instead of 3,000")
                .hasValue(1_150);
    }

    @Test
    void callersOneAfterTheOtherAddNoMoreEither() {
        AtomicInteger calls = new AtomicInteger();
        try (Resilience resilience = Resilience.builder("dependency")
                .retry(atOnce().maxAttempts(10).budget(new RetryBudget(0.1, 0)).build())
                .withoutCircuitBreaker()
                .clock(clock)
                .build()) {
            for (int i = 0; i < CALLERS; i++) {
                try {
                    resilience.run(() -> {
                        calls.incrementAndGet();
                        throw away();
                    });
                } catch (IOException e) {
                    assertThat(calls.get()).isPositive();
                }
            }
        }

        assertThat(calls).hasValue(1_100);
    }

    @Test
    void callsThatABreakerRefusedEarnNoRepetitions() {
        AtomicInteger calls = new AtomicInteger();
        try (Resilience resilience = Resilience.builder("dependency")
                .retry(atOnce().budget(new RetryBudget(1, 0)).build())
                .clock(clock)
                .build()) {
            CircuitBreaker breaker = resilience.circuitBreaker().orElseThrow();
            breaker.forceOpen();
            for (int i = 0; i < CALLERS; i++) {
                assertThat(catchOf(resilience, calls)).isInstanceOf(CircuitOpenException.class);
            }
            breaker.forceClosed();
            assertThat(catchOf(resilience, calls)).isInstanceOf(IOException.class);
        }

        assertThat(calls).as("one call, and the one repetition that it earned").hasValue(2);
    }

    private static Exception catchOf(Resilience resilience, AtomicInteger calls) {
        try {
            resilience.run(() -> {
                calls.incrementAndGet();
                throw away();
            });
            throw new AssertionError("It did not fail.");
        } catch (IOException | ResilienceException e) {
            return e;
        }
    }

    private static int take(RetryTokens tokens, long now) {
        int taken = 0;
        while (taken < 10_000 && tokens.tryRepeat(now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void theBudgetIsThatOfTheLastTenSeconds() {
        RetryTokens tokens = new RetryTokens(new RetryBudget(0.5, 1), 0);
        for (int i = 0; i < 100; i++) {
            tokens.called(0);
        }

        assertThat(take(tokens, 0)).isEqualTo(50 + 10);
        assertThat(take(tokens, Duration.ofMillis(9_999).toNanos())).isZero();
        assertThat(take(tokens, Duration.ofSeconds(10).toNanos()))
                .as("calls and repetitions are forgotten, what is for each second remains")
                .isEqualTo(10);
        assertThat(take(tokens, Duration.ofDays(300).toNanos())).isEqualTo(10);
    }

    @Test
    void withoutALimitThereIsNone() {
        assertThat(take(new RetryTokens(RetryBudget.unlimited(), 0), 0)).isEqualTo(10_000);
    }
}
