package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.away;
import static com.portfolio.infra.utilities.resilience.Policies.smallBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForcedCircuitBreakerTest extends CircuitBreakerFixture {

    /** An operator's word comes in just when a caller has found that the trial calls have taken too long. */
    @Test
    void whatAnOperatorForcesIsNotUndoneByTrialCallsThatAreGivenUp() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        use(Resilience.builder("dependency")
                .circuitBreaker(smallBreaker().build())
                .retry(RetryPolicy.never())
                .clock(new InstantsOf(clock, () -> meanwhile.getAndSet(() -> {}).run()))
                .build());
        halfOpen();
        for (int i = 0; i < 2; i++) {
            assertThat(resilience.<String>callAsync(CompletableFuture::new).toCompletableFuture())
                    .isNotDone();
        }
        clock.advance(Duration.ofSeconds(30));
        meanwhile.set(() -> {
            // The first look at the clock is the call's own, the next that at the age of the trials.
            meanwhile.set(breaker::forceOpen);
        });
        refused();

        assertThat(breaker.state()).isEqualTo(CircuitState.FORCED_OPEN);
    }

    /** Each word comes at the moment in which a call changes the state by itself. */
    @ParameterizedTest
    @EnumSource(names = {"FORCED_OPEN", "FORCED_CLOSED"})
    void whatAnOperatorForcesHoldsWhateverCallsDoAtThatMoment(CircuitState word) throws Exception {
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 5_000; round++) {
                use(with(smallBreaker().build(), RetryPolicy.never()));
                if (round % 2 == 0) {
                    halfOpen();
                } else {
                    fail(away());
                    fail(away());
                    fail(away());
                }
                CyclicBarrier together = new CyclicBarrier(2);
                Future<?> said = operator.submit(() -> {
                    together.await();
                    if (word == CircuitState.FORCED_OPEN) {
                        breaker.forceOpen();
                    } else {
                        breaker.forceClosed();
                    }
                    return word;
                });
                together.await();
                assertThat(catchThrowable(() -> resilience.run(() -> {
                            throw away();
                        })))
                        .isInstanceOfAny(ConnectException.class, CircuitOpenException.class);
                said.get();

                assertThat(breaker.state()).as("round %d", round).isEqualTo(word);
            }
        } finally {
            operator.shutdownNow();
        }
    }

    @Test
    void anOperatorHoldsItOpenOrClosedUntilTheyReleaseIt() {
        breaker.forceOpen();
        clock.advance(Duration.ofDays(1));
        refused();
        assertThat(breaker.state()).isEqualTo(CircuitState.FORCED_OPEN);
        assertThat(breaker.state().isOpen()).isTrue();

        breaker.forceClosed();
        for (int i = 0; i < 10; i++) {
            fail(away());
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.FORCED_CLOSED);
        assertThat(breaker.figures().failed()).as("it goes on counting").isEqualTo(4);

        breaker.release();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.figures()).isEqualTo(new CircuitBreakerFigures(0, 0, 0, 0));
        open();
    }
}
