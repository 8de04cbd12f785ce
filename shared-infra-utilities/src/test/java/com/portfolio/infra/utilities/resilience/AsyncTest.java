package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.PATIENCE;
import static com.portfolio.infra.utilities.resilience.Policies.attempts;
import static com.portfolio.infra.utilities.resilience.Policies.away;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.event.Correlation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncTest {

    private final AtomicInteger calls = new AtomicInteger();
    private Resilience resilience =
            Resilience.builder("async").retry(attempts(3)).build();

    @AfterEach
    void close() {
        resilience.close();
    }

    private Throwable failureOf(CompletionStage<?> stage) throws Exception {
        try {
            stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            throw new IllegalStateException("It did not fail.");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Answers that come one after the other, and then the number of the call. */
    private final class Answers implements Supplier<CompletionStage<Integer>> {

        private final Queue<Supplier<CompletionStage<Integer>>> left = new ConcurrentLinkedQueue<>();

        Answers then(Supplier<CompletionStage<Integer>> next) {
            left.add(next);
            return this;
        }

        @Override
        public CompletionStage<Integer> get() {
            int call = calls.incrementAndGet();
            Supplier<CompletionStage<Integer>> stage = left.poll();
            return stage == null ? CompletableFuture.completedFuture(call) : stage.get();
        }
    }

    private static CompletionStage<Integer> failed() {
        return CompletableFuture.failedFuture(away());
    }

    private static CompletionStage<Integer> thrown() {
        throw new UncheckedIOException(away());
    }

    @Test
    void aPassingFailureIsRepeatedUntilItHasPassed() throws Exception {
        CompletionStage<Integer> result = resilience.callAsync(new Answers()
                .then(AsyncTest::failed)
                .then(() -> CompletableFuture.failedFuture(new CompletionException(away()))));

        assertThat(result.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    /** Pitfall 2: a supplier that throws on a repetition left its stage for ever without an end. */
    @Test
    void aSupplierThatThrowsOnARepetitionIsAFailureLikeAnother() throws Exception {
        CompletionStage<Integer> passes =
                resilience.callAsync(new Answers().then(AsyncTest::failed).then(AsyncTest::thrown));
        assertThat(passes.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(3);

        calls.set(0);
        assertThat(failureOf(resilience.callAsync(new Answers()
                        .then(AsyncTest::failed)
                        .then(AsyncTest::thrown)
                        .then(AsyncTest::thrown))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(calls).hasValue(3);

        assertThat(failureOf(resilience.callAsync(
                        new Answers().then(AsyncTest::failed).then(() -> {
                            throw new AssertionError("an error");
                        }))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aSupplierThatThrowsOrGivesNothingFailsTheStage() throws Exception {
        assertThat(failureOf(resilience.<Integer>callAsync(() -> {
                    throw new IllegalArgumentException("no");
                })))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(failureOf(resilience.<Integer>callAsync(AsyncTest::nothing)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("The call to 'async' gave no stage.");
    }

    @SuppressWarnings("NullAway") // what a careless caller does
    private static CompletionStage<Integer> nothing() {
        return null;
    }

    /** Pitfall 5: the limit completed the stage of whoever made it. */
    @Test
    void theTimeLimitLeavesTheStageOfTheCallAlone() throws Exception {
        resilience = Resilience.builder("async")
                .retry(RetryPolicy.never())
                .timeLimit(Duration.ofMillis(20))
                .bulkhead(1)
                .build();
        CompletableFuture<Integer> work = new CompletableFuture<>();

        assertThat(failureOf(resilience.callAsync(() -> work))).isInstanceOf(CallTimedOutException.class);

        assertThat(work).isNotDone();
        assertThat(failureOf(resilience.callAsync(new Answers())))
                .as("the work goes on, and keeps its place")
                .isInstanceOf(BulkheadFullException.class);
        work.complete(1);
        assertThat(resilience
                        .callAsync(new Answers())
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFollowsACallThatTookTooLongHoldsUpNoOtherTimeLimit(boolean closed) throws Exception {
        resilience.close();
        resilience = Resilience.builder("async")
                .retry(RetryPolicy.never())
                .timeLimit(Duration.ofMillis(50))
                .build();
        CountDownLatch finish = new CountDownLatch(1);
        CompletionStage<Integer> blocking = resilience
                .<Integer>callAsync(CompletableFuture::new)
                .whenComplete((value, failure) -> {
                    try {
                        finish.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        CompletionStage<Integer> other = resilience.callAsync(CompletableFuture::new);
        if (closed) {
            resilience.close();
        }

        assertThat(failureOf(other)).isInstanceOf(CallTimedOutException.class);
        assertThat(blocking.toCompletableFuture()).isNotDone();
        finish.countDown();
        assertThat(failureOf(blocking)).isInstanceOf(CallTimedOutException.class);
    }

    /** An executor that is full, and then one that has a fault. */
    @Test
    void aRepetitionThatFindsNoThreadEndsTheCallAndHoldsUpNoTimeLimit() throws Exception {
        for (Throwable refusal : List.of(new RejectedExecutionException("full"), new OutOfMemoryError("no thread"))) {
            resilience.close();
            resilience = Resilience.builder("async")
                    .retry(attempts(2))
                    .timeLimit(Duration.ofSeconds(1))
                    .executor(task -> {
                        throw Thrown.<RuntimeException>as(refusal);
                    })
                    .build();
            CountDownLatch finish = new CountDownLatch(1);
            CompletableFuture<Thread> follows = new CompletableFuture<>();
            CompletableFuture<Integer> fails = new CompletableFuture<>();
            CompletionStage<Integer> blocking = resilience
                    .callAsync(new Answers().then(() -> fails))
                    .whenComplete((value, failure) -> {
                        follows.complete(Thread.currentThread());
                        try {
                            finish.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            fails.completeExceptionally(away());

            try {
                assertThat(follows.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getName())
                        .startsWith("async-call");
                assertThat(failureOf(resilience.once().callAsync(CompletableFuture::new)))
                        .isInstanceOf(CallTimedOutException.class);
            } finally {
                finish.countDown();
            }
            assertThat(failureOf(blocking)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aBulkheadThatIsFullIsNeitherRepeatedNorCounted() throws Exception {
        resilience = Resilience.builder("async").retry(attempts(3)).bulkhead(1).build();
        assertThat(resilience.<Integer>callAsync(CompletableFuture::new).toCompletableFuture())
                .isNotDone();

        assertThat(failureOf(resilience.callAsync(new Answers()))).isInstanceOf(BulkheadFullException.class);

        assertThat(calls).hasValue(0);
        assertThat(resilience.circuitBreaker().orElseThrow().figures().calls()).isZero();
    }

    @Test
    void whoCancelsWantsNoOtherAttempt() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        CompletableFuture<Integer> result =
                resilience.callAsync(new Answers().then(() -> first)).toCompletableFuture();

        result.cancel(true);
        first.completeExceptionally(away());

        assertThat(calls).hasValue(1);
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void closingEndsThoseThatWaitForAnAttemptWithTheirFailure() throws Exception {
        resilience = Resilience.builder("async")
                .retry(RetryPolicy.builder()
                        .base(Duration.ofHours(10))
                        .cap(Duration.ofHours(10))
                        .deadline(Duration.ofHours(20))
                        .build())
                .random(() -> Long.MAX_VALUE / 3)
                .build();
        CompletionStage<Integer> result = resilience.callAsync(new Answers().then(AsyncTest::failed));
        assertThat(result.toCompletableFuture()).isNotDone();

        resilience.close();

        assertThat(failureOf(result)).isInstanceOf(IOException.class);
        assertThat(calls).hasValue(1);
        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("async-")));
    }

    @Test
    void aCallUnderWayKeepsItsTimeLimitWhenThisIsClosed() throws Exception {
        resilience = Resilience.builder("async")
                .retry(RetryPolicy.never())
                .timeLimit(Duration.ofMillis(50))
                .build();
        CompletionStage<Integer> result = resilience.callAsync(CompletableFuture::new);

        resilience.close();

        assertThat(failureOf(result)).isInstanceOf(CallTimedOutException.class);
    }

    @Test
    void closingRunsNothingThatFollowsACallOnTheThreadThatCloses() throws Exception {
        resilience.close();
        resilience = Resilience.builder("async")
                .retry(RetryPolicy.builder()
                        .base(Duration.ofHours(10))
                        .cap(Duration.ofHours(10))
                        .deadline(Duration.ofHours(20))
                        .build())
                .random(() -> Long.MAX_VALUE / 3)
                .build();
        CompletableFuture<Thread> follows = new CompletableFuture<>();
        CompletionStage<Integer> result = resilience
                .callAsync(new Answers().then(AsyncTest::failed))
                .whenComplete((value, failure) -> follows.complete(Thread.currentThread()));

        resilience.close();

        assertThat(follows.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
        assertThat(failureOf(result)).isInstanceOf(IOException.class);
    }

    @Test
    void aRepetitionThatCantBeginEndsTheCall() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        resilience.close();
        resilience = Resilience.builder("async")
                .retry(attempts(3))
                .withoutCircuitBreaker()
                .clock(new InstantsOf(Clock.systemUTC(), () -> {
                    if (broken.get() && Thread.currentThread().getName().startsWith("async-call")) {
                        throw new IllegalStateException("a clock without a battery");
                    }
                }))
                .build();
        broken.set(true);

        assertThat(failureOf(resilience.callAsync(new Answers().then(AsyncTest::failed))))
                .hasMessage("a clock without a battery");
    }

    @Test
    void aStageThatCantBeListenedToIsAFailureAndKeepsNoPlace() throws Exception {
        resilience.close();
        resilience = Resilience.builder("async")
                .retry(RetryPolicy.never())
                .bulkhead(1)
                .build();

        for (int i = 0; i < 2; i++) {
            assertThat(failureOf(resilience.<Integer>callAsync(() -> new CompletableFuture<>() {
                        @Override
                        public CompletableFuture<Integer> whenComplete(
                                BiConsumer<? super Integer, ? super Throwable> action) {
                            throw new UnsupportedOperationException("deaf");
                        }
                    })))
                    .hasMessage("deaf");
        }
    }

    @Test
    void everyAttemptHasTheCallersCorrelation() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Correlation.Scope scope = Correlation.open("7");
        CompletionStage<Integer> result;
        try {
            result = resilience.callAsync(() -> {
                seen.add(Correlation.current().correlationId().orElse("none"));
                return failed();
            });
        } finally {
            scope.close();
        }

        assertThat(failureOf(result)).isInstanceOf(IOException.class);
        assertThat(seen).containsExactly("7", "7", "7");
    }

    @Test
    void aNullSupplierIsRefusedAtOnce() {
        assertThatThrownBy(() -> resilience.callAsync(nobody())).isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings("NullAway") // what a careless caller does
    private static Supplier<CompletionStage<Integer>> nobody() {
        return null;
    }
}
