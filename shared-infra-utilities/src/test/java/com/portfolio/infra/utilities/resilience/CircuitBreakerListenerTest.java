package com.portfolio.infra.utilities.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CircuitBreakerListenerTest extends CircuitBreakerFixture {

    @Test
    void aListenerThatFailsHarmsNobody() throws Exception {
        breaker.onChange((which, from, to) -> {
            throw new IllegalStateException("broken");
        });
        breaker.onChange((which, from, to) -> {
            throw new NoClassDefFoundError("broken");
        });
        breaker.onChange((which, from, to) -> changes.add(from + " to " + to));

        open();
        clock.advance(BEYOND_OPEN);
        CompletionStage<String> trial = resilience.callAsync(() -> CompletableFuture.completedFuture("answer"));

        assertThat(trial.toCompletableFuture().get()).isEqualTo("answer");
        assertThat(changes).containsExactly("CLOSED to OPEN", "OPEN to HALF_OPEN");
    }

    @Test
    void aListenerWhoseFailureCantBeLoggedHarmsNobody() {
        breaker.onChange((which, from, to) -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("without words");
                }
            };
        });
        breaker.onChange((which, from, to) -> changes.add(from + " to " + to));

        breaker.forceOpen();
        breaker.release();

        assertThat(changes).containsExactly("CLOSED to FORCED_OPEN", "FORCED_OPEN to CLOSED");
    }

    @Test
    void aListenerThatChangesTheBreakerDoesNotMixUpTheOrderOfOthers() {
        breaker.onChange((which, from, to) -> {
            if (to == CircuitState.FORCED_OPEN) {
                which.forceClosed();
            }
        });
        breaker.onChange((which, from, to) -> changes.add(from + " to " + to));

        breaker.forceOpen();

        assertThat(changes).containsExactly("CLOSED to FORCED_OPEN", "FORCED_OPEN to FORCED_CLOSED");
        assertThat(breaker.state()).isEqualTo(CircuitState.FORCED_CLOSED);
    }

    @Test
    void aListenerThatTakesLongHoldsUpOnlyTheCallThatTellsIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        breaker.onChange((which, from, to) -> {
            inside.countDown();
            try {
                finish.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        breaker.onChange((which, from, to) -> changes.add(from + " to " + to));
        CompletableFuture<Void> telling = CompletableFuture.runAsync(breaker::forceOpen);
        inside.await();

        breaker.release();
        succeed();

        finish.countDown();
        telling.get();
        assertThat(changes).containsExactly("CLOSED to FORCED_OPEN", "FORCED_OPEN to CLOSED");
    }

    @Test
    void aListenerThatWasTakenAwayIsToldNothing() {
        CircuitBreaker.Registration registration =
                breaker.onChange((which, from, to) -> changes.add(from + " to " + to));
        registration.close();
        registration.close();

        open();

        assertThat(changes).isEmpty();
    }

    @Test
    void aListenerHearsNothingOfWhatChangedBeforeItListened() {
        breaker.onChange((which, from, to) -> {
            if (to == CircuitState.FORCED_OPEN) {
                which.forceClosed();
                which.onChange((same, before, after) -> changes.add(before + " to " + after));
                which.release();
            }
        });

        breaker.forceOpen();

        assertThat(changes).containsExactly("FORCED_CLOSED to CLOSED");
    }

    @Test
    void aListenerThatIsAddedTwiceIsTakenAwayOneRegistrationAtATime() {
        CircuitBreakerListener listener = (which, from, to) -> changes.add(from + " to " + to);
        CircuitBreaker.Registration one = breaker.onChange(listener);
        breaker.onChange(listener);
        one.close();
        one.close();

        breaker.forceOpen();

        assertThat(changes).containsExactly("CLOSED to FORCED_OPEN");
    }
}
