package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.attempts;
import static com.portfolio.infra.utilities.resilience.Policies.away;
import static com.portfolio.infra.utilities.resilience.Policies.smallBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest extends CircuitBreakerFixture {

    @Test
    void opensThenLetsTrialCallsThroughThenCloses() {
        breaker.onChange((which, from, to) -> changes.add(which.name() + ": " + from + " to " + to));
        succeed();
        succeed();
        fail(away());
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        fail(away());
        assertThat(breaker.state()).as("two of four failed").isEqualTo(CircuitState.OPEN);
        refused();

        clock.advance(Duration.ofSeconds(10));
        refused();
        clock.advance(Duration.ofMillis(1));
        succeed();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        succeed();

        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(changes)
                .containsExactly(
                        "dependency: CLOSED to OPEN",
                        "dependency: OPEN to HALF_OPEN",
                        "dependency: HALF_OPEN to CLOSED");
    }

    @Test
    void opensAgainWhenTrialCallsFail() {
        halfOpen();
        fail(away());
        fail(away());

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        refused();
    }

    @Test
    void slowCallsOpenItTooThoughTheySucceed() {
        for (int i = 0; i < 4; i++) {
            resilience.run(() -> clock.advance(Duration.ofMillis(2_001)));
        }

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThat(breaker.figures().slow()).isEqualTo(4);
    }

    @Test
    void waitingForTheClientIsNoSlowness() {
        use(Resilience.builder("dependency")
                .circuitBreaker(smallBreaker().slowCall(Duration.ofSeconds(2)).build())
                .clientWaits(Duration.ofSeconds(20))
                .clock(clock)
                .build());

        for (int i = 0; i < 4; i++) {
            resilience.run(() -> clock.advance(Duration.ofSeconds(20)));
        }

        assertThat(breaker.figures().slow()).isZero();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        for (int i = 0; i < 4; i++) {
            resilience.run(() -> clock.advance(Duration.ofMillis(22_001)));
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    /** Pitfall 3: by default every exception is recorded. */
    @Test
    void whatSaysNothingOfTheDependencyIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            fail(new IllegalArgumentException());
            fail(new InterruptedException());
            fail(new Exception("a mistake of somebody's"));
            fail(new AssertionError());
            fail(new BulkheadFullException("inner", "full", null));
            fail(new CircuitOpenException("inner", CircuitState.OPEN));
        }

        assertThat(breaker.figures()).isEqualTo(new CircuitBreakerFigures(0, 0, 0, 0));
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aRefusalOfTheDependencyIsAnAnswer() {
        for (int i = 0; i < 4; i++) {
            fail(new EventStoreFailedException("no permission", null));
        }

        assertThat(breaker.figures()).isEqualTo(new CircuitBreakerFigures(4, 0, 0, 0));
    }

    /** Pitfall 4: with two permits, two errors made it refuse for ever. */
    @Test
    void errorsOfTrialCallsGiveTheirPlacesBack() {
        halfOpen();
        for (int i = 0; i < 10; i++) {
            fail(new AssertionError("no answer of the dependency's"));
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);

        succeed();
        succeed();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    /** Pitfall 4, asynchronous. */
    @Test
    void errorsOfAsynchronousTrialCallsGiveTheirPlacesBack() {
        halfOpen();
        for (int i = 0; i < 10; i++) {
            assertThat(resilience
                            .<String>callAsync(() -> CompletableFuture.failedFuture(new AssertionError()))
                            .toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(resilience
                            .<String>callAsync(() -> {
                                throw new AssertionError();
                            })
                            .toCompletableFuture())
                    .isCompletedExceptionally();
        }

        succeed();
        succeed();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    /** Pitfall 4: the time for trial calls is unlimited by default, so that two that never end lock everybody out. */
    @Test
    void trialCallsThatNeverEndDoNotLockEverybodyOut() {
        halfOpen();
        for (int i = 0; i < 2; i++) {
            assertThat(resilience.<String>callAsync(CompletableFuture::new).toCompletableFuture())
                    .isNotDone();
        }
        clock.advance(Duration.ofMillis(29_999));
        refused();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);

        clock.advance(Duration.ofMillis(1));
        refused();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);

        clock.advance(BEYOND_OPEN);
        succeed();
        succeed();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void whatBeganBeforeAChangeIsNotCountedAfterIt() {
        List<CompletableFuture<String>> old = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            old.add(stage);
            assertThat(resilience.callAsync(() -> stage).toCompletableFuture()).isNotDone();
        }
        halfOpen();
        succeed();

        old.forEach(stage -> stage.completeExceptionally(away()));

        assertThat(breaker.state()).as("two failures would have opened it").isEqualTo(CircuitState.HALF_OPEN);
        succeed();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    /** Pitfall 6: with the retry inside the breaker, ten calls of three attempts would be ten failures. */
    @Test
    void everyAttemptIsCounted() {
        use(with(
                CircuitBreakerPolicy.builder()
                        .window(CallWindow.ofCalls(100))
                        .minimumCalls(100)
                        .build(),
                attempts(3)));
        for (int i = 0; i < 10; i++) {
            fail(away());
        }

        assertThat(breaker.figures()).isEqualTo(new CircuitBreakerFigures(30, 30, 0, 0));
    }

    /** Pitfall 6: the retry around it must not hammer on an open breaker. */
    @Test
    void anOpenBreakerIsNotAskedAgain() {
        use(with(smallBreaker().build(), attempts(3)));
        breaker.forceOpen();

        refused();

        assertThat(breaker.figures().refused()).isOne();
    }

    @Test
    void aBreakerThatOpensBetweenTwoAttemptsEndsTheCall() {
        use(with(smallBreaker().build(), attempts(100)));

        assertThatThrownBy(() -> resilience.run(() -> {
                    throw away();
                }))
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        e -> assertThat(e.getSuppressed()).hasSize(1).hasOnlyElementsOfType(java.io.IOException.class));

        assertThat(breaker.figures().failed()).isEqualTo(4);
    }

    /** Pitfall 7: a window of time keeps the engine's minimum of 100 calls, unless it is told otherwise. */
    @Test
    void aWindowOfTimeHasTheMinimumOfThePolicy() {
        use(with(
                CircuitBreakerPolicy.builder()
                        .window(CallWindow.ofTime(Duration.ofSeconds(30)))
                        .build(),
                RetryPolicy.never()));
        for (int i = 0; i < 19; i++) {
            fail(away());
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        fail(away());

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aWindowOfTimeForgets() {
        use(with(
                CircuitBreakerPolicy.builder()
                        .window(CallWindow.ofTime(Duration.ofSeconds(30)))
                        .build(),
                RetryPolicy.never()));
        for (int i = 0; i < 19; i++) {
            fail(away());
        }
        clock.advance(Duration.ofSeconds(31));
        for (int i = 0; i < 19; i++) {
            fail(away());
        }

        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(breaker.figures().calls()).isEqualTo(19);
    }

    @Test
    void theRefusalSaysWhy() {
        breaker.forceOpen();

        assertThatThrownBy(() -> resilience.run(() -> {}))
                .hasMessage(
                        "The circuit breaker of 'dependency' is held open by an operator, so the call was not made.")
                .isInstanceOfSatisfying(CircuitOpenException.class, e -> {
                    assertThat(e.state()).isEqualTo(CircuitState.FORCED_OPEN);
                    assertThat(e.dependency()).isEqualTo("dependency");
                    assertThat(e.isRetryable()).isTrue();
                    assertThat(e.getStackTrace()).isEmpty();
                });
    }

    @Test
    void isDegradedAndNeverDownWhileItIsNotClosed() throws Exception {
        assertThat(breaker.health().check().status()).isEqualTo(HealthStatus.UP);

        open();

        HealthResult health = breaker.health().check();
        assertThat(health.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(health.reason()).contains("The circuit breaker of 'dependency' is OPEN.");
        assertThat(health.details()).containsEntry("failed", 4).containsEntry("state", "OPEN");
    }

    @Test
    void aClientMayWaitForADay() {
        Resilience.builder("dependency").clientWaits(Duration.ofDays(1)).build().close();
    }
}
