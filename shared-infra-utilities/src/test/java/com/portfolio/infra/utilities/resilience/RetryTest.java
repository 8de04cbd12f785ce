package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.PATIENCE;
import static com.portfolio.infra.utilities.resilience.Policies.atOnce;
import static com.portfolio.infra.utilities.resilience.Policies.attempts;
import static com.portfolio.infra.utilities.resilience.Policies.away;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.utilities.SetClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryTest {

    private final SetClock clock = new SetClock();
    private final Unreliable dependency = new Unreliable();
    private Resilience resilience = with(attempts(3));

    private Resilience with(RetryPolicy policy) {
        return Resilience.builder("dependency")
                .retry(policy)
                .withoutCircuitBreaker()
                .clock(clock)
                .build();
    }

    @AfterEach
    void close() {
        resilience.close();
    }

    @Test
    void aPassingFailureIsRepeatedUntilItHasPassed() throws Exception {
        dependency.failing(away(), away());

        assertThat(resilience.<Integer, Exception>call(dependency::call)).isEqualTo(3);
    }

    @Test
    void afterTheLastAttemptItsOwnFailureComesOut() {
        IOException last = away();
        dependency.failing(away(), away(), last);

        assertThatThrownBy(() -> resilience.call(dependency::call)).isSameAs(last);
        assertThat(dependency.calls()).isEqualTo(3);
    }

    /** Pitfall 3: by default everything is repeated. */
    static Stream<Throwable> failuresThatAreNotRepeated() {
        return Stream.of(
                new InterruptedException(),
                new CancellationException(),
                new IllegalArgumentException(),
                new AssertionError(),
                new OutOfMemoryError(),
                new CircuitOpenException("x", CircuitState.OPEN),
                new BulkheadFullException("x", "full", null),
                new IOException("nobody knows it"));
    }

    @ParameterizedTest
    @MethodSource("failuresThatAreNotRepeated")
    void whatDoesNotPassIsNotRepeated(Throwable failure) {
        dependency.failing(failure);

        assertThatThrownBy(() -> resilience.call(dependency::call)).isSameAs(failure);
        assertThat(dependency.calls()).isOne();
    }

    @Test
    void aFailureThatPassesNotAfterOneThatDoesEndsTheCall() {
        dependency.failing(away(), new IllegalArgumentException("no"));

        assertThatThrownBy(() -> resilience.call(dependency::call)).isInstanceOf(IllegalArgumentException.class);
        assertThat(dependency.calls()).isEqualTo(2);
    }

    @Test
    void onceIsOnce() {
        dependency.failing(away());

        assertThatThrownBy(() -> resilience.once().call(dependency::call)).isInstanceOf(IOException.class);
        assertThat(dependency.calls()).isOne();
    }

    @Test
    void noAttemptBeginsAfterTheDeadline() {
        resilience =
                with(atOnce().maxAttempts(100).deadline(Duration.ofSeconds(10)).build());
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> resilience.run(() -> {
                    calls.incrementAndGet();
                    clock.advance(Duration.ofSeconds(4));
                    throw away();
                }))
                .isInstanceOf(IOException.class);

        assertThat(calls).as("at 0, 4 and 8 s, and not at 12 s").hasValue(3);
    }

    private static final class TooMany extends Exception implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final transient Duration wait;

        TooMany(Duration wait) {
            this.wait = wait;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(wait);
        }
    }

    private Retrying retrying(RetryPolicy policy) {
        return new Retrying(
                "x",
                policy,
                null,
                Ticker.of(clock),
                new FailureKinds(java.util.List.of(failure -> Optional.of(FailureKind.TRANSIENT))),
                () -> 0);
    }

    @Test
    void retryAfterIsWaitedForWhereverItStands() {
        Retrying retrying = retrying(RetryPolicy.defaults());
        Exception failure = new RuntimeException(new IOException(new TooMany(Duration.ofSeconds(7))));

        assertThat(retrying.delayNanosAfter(1, 0, 0, failure))
                .as("beyond the cap of 2 s")
                .isBetween(7_000_000_000L, 7_100_000_000L);
    }

    @Test
    void aRetryAfterBeyondTheDeadlineEndsTheCallAtOnce() {
        Retrying retrying = retrying(RetryPolicy.defaults());

        assertThat(retrying.delayNanosAfter(1, 0, 0, new TooMany(Duration.ofSeconds(31))))
                .isEqualTo(Retrying.NEVER);
        assertThat(retrying.delayNanosAfter(1, 0, 0, new TooMany(Duration.ofSeconds(Long.MAX_VALUE))))
                .isEqualTo(Retrying.NEVER);
        assertThat(retrying.delayNanosAfter(1, 0, 0, new TooMany(Duration.ofSeconds(-5))))
                .isNotNegative();
    }

    private static RetryPolicy waitingForEver() {
        Duration long_ = Duration.ofHours(10);
        return RetryPolicy.builder()
                .base(long_)
                .cap(long_)
                .deadline(Duration.ofHours(20))
                .build();
    }

    /** A caller in a thread of its own, that waits for its second attempt. */
    private Thread waitingCaller(AtomicReference<Throwable> thrown, AtomicReference<Boolean> interrupted) {
        resilience = Resilience.builder("dependency")
                .retry(waitingForEver())
                .random(() -> Long.MAX_VALUE / 3)
                .build();
        dependency.failing(away());
        Thread caller = new Thread(() -> {
            try {
                resilience.call(dependency::call);
            } catch (Throwable e) {
                thrown.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        await().atMost(PATIENCE)
                .until(() -> dependency.calls() == 1 && caller.getState() == Thread.State.TIMED_WAITING);
        return caller;
    }

    @Test
    void anInterruptedCallerIsLetGoWithTheLastFailureAndKeepsItsStatus() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = waitingCaller(thrown, interrupted);

        caller.interrupt();
        caller.join(PATIENCE.toMillis());

        assertThat(thrown.get()).isInstanceOf(IOException.class);
        assertThat(interrupted.get()).isTrue();
        assertThat(dependency.calls()).isOne();
    }

    @Test
    void closingLetsThoseGoWhoWaitForAnAttempt() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = waitingCaller(thrown, new AtomicReference<>());

        resilience.close();
        caller.join(PATIENCE.toMillis());

        assertThat(thrown.get()).isInstanceOf(IOException.class);
        assertThat(dependency.calls()).isOne();
    }

    @Test
    void aClosedOneTakesNoCalls() {
        resilience.close();
        resilience.close();

        assertThatThrownBy(() -> resilience.call(dependency::call))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The calls to 'dependency' are closed.");
        assertThat(resilience
                        .callAsync(() -> CompletableFuture.completedFuture(1))
                        .toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(dependency.calls()).isZero();
    }

    @Test
    void closingTheViewThatDoesNotRepeatClosesNothing() throws Exception {
        resilience.once().close();

        assertThat(resilience.<Integer, Exception>call(dependency::call)).isOne();
    }

    /** A client that waits by itself, as a pool does. */
    private Resilience overClientThatWaits(Duration longest) {
        return Resilience.builder("dependency")
                .retry(attempts(3))
                .withoutCircuitBreaker()
                .clientWaits(longest)
                .clock(clock)
                .build();
    }

    private int attemptsThatFailAfter(Resilience calls, Duration... times) {
        AtomicInteger made = new AtomicInteger();
        assertThatThrownBy(() -> calls.run(() -> {
                    clock.advance(times[made.getAndIncrement()]);
                    throw away();
                }))
                .isInstanceOf(IOException.class);
        return made.get();
    }

    @Test
    void whatAClientHasWaitedForIsNotRepeated() {
        try (Resilience calls = overClientThatWaits(Duration.ofSeconds(2))) {
            assertThat(attemptsThatFailAfter(calls, Duration.ofSeconds(2))).isEqualTo(1);
            assertThat(attemptsThatFailAfter(calls, Duration.ofSeconds(1), Duration.ofSeconds(2)))
                    .as("the second attempt counts its own time")
                    .isEqualTo(2);
            assertThat(attemptsThatFailAfter(
                            calls, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                    .as("together they may take longer")
                    .isEqualTo(3);
        }
    }

    @Test
    void thatHoldsForAsynchronousCallsToo() {
        AtomicInteger made = new AtomicInteger();
        try (Resilience calls = overClientThatWaits(Duration.ofSeconds(2))) {
            CompletionStage<String> result = calls.callAsync(() -> {
                clock.advance(Duration.ofSeconds(made.incrementAndGet()));
                return CompletableFuture.failedFuture(away());
            });

            assertThat(result.toCompletableFuture()).failsWithin(PATIENCE);
        }
        assertThat(made).as("after one second once more, after two not").hasValue(2);
    }
}
