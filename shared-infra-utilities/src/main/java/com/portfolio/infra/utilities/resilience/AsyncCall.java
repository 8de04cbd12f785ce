package com.portfolio.infra.utilities.resilience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One asynchronous call, with all of its attempts. */
final class AsyncCall<T> {

    private final Supplier<? extends CompletionStage<T>> call;
    private final Attempts attempts;
    private final @Nullable Retrying retrying;
    private final Backoffs backoffs;
    private final CallerContext context = CallerContext.capture();
    private final long begun;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /**
     * @param retrying null for a single attempt
     * @param begun    what the deadline counts from
     */
    AsyncCall(
            Supplier<? extends CompletionStage<T>> call,
            Attempts attempts,
            @Nullable Retrying retrying,
            Backoffs backoffs,
            long begun) {
        this.call = call;
        this.attempts = attempts;
        this.retrying = retrying;
        this.backoffs = backoffs;
        this.begun = begun;
    }

    CompletableFuture<T> start() {
        attempt(1, null);
        return result;
    }

    private void attempt(int number, @Nullable Throwable before) {
        CircuitBreaker breaker = attempts.breaker();
        CircuitBreaker.@Nullable Phase permission;
        try {
            permission = breaker == null ? null : breaker.acquire();
        } catch (Throwable e) {
            // Nothing may escape: on a thread of the repetitions nobody would ever be told.
            result.completeExceptionally(before == null ? e : Thrown.after(before, e));
            return;
        }
        long now = attempts.ticker().now();
        if (number == 1 && retrying != null) {
            retrying.called(now);
        }
        limited().whenComplete((value, failure) -> {
            try {
                ended(number, value, failure == null ? null : after(before, failure), permission, now);
            } catch (Throwable e) {
                // A stage would swallow it, and nobody would ever be told.
                result.completeExceptionally(e);
            }
        });
    }

    private static Throwable after(@Nullable Throwable before, Throwable failure) {
        Throwable inner = Thrown.unwrapped(failure);
        return before == null ? inner : Thrown.after(before, inner);
    }

    private void ended(
            int number, T value, @Nullable Throwable failure, CircuitBreaker.@Nullable Phase permission, long began) {
        CircuitBreaker breaker = attempts.breaker();
        long took = attempts.ticker().now() - began;
        if (failure == null) {
            if (breaker != null && permission != null) {
                breaker.succeeded(permission, took);
            }
            result.complete(value);
            return;
        }
        if (breaker != null && permission != null) {
            breaker.failed(permission, took, attempts.kinds().of(failure), failure);
        }
        failed(number, began, failure);
    }

    private void failed(int number, long began, Throwable failure) {
        // A caller that cancelled wants no other attempt.
        long delay = retrying == null || result.isDone()
                ? Retrying.NEVER
                : retrying.delayNanosAfter(number, begun, began, failure);
        if (delay == Retrying.NEVER) {
            result.completeExceptionally(failure);
            return;
        }
        backoffs.after(delay, () -> again(number + 1, failure), () -> result.completeExceptionally(failure));
    }

    private void again(int number, Throwable before) {
        if (!result.isDone()) {
            try {
                context.call(() -> {
                    attempt(number, before);
                    return number;
                });
            } catch (Throwable e) {
                // Of a clock or a logging context: on this thread nobody else would hear of it.
                result.completeExceptionally(Thrown.after(before, e));
            }
        }
    }

    /** What is waited for: the work, or a stage of its own that the time limit ends while the work goes on. */
    private CompletionStage<T> limited() {
        CompletionStage<T> work = bulkheaded();
        if (attempts.limit() == null) {
            return work;
        }
        CompletableFuture<T> limited = new CompletableFuture<>();
        Future<?> timer;
        var limit = attempts.limitWithin(left());
        try {
            timer = attempts.workers()
                    .afterwards(
                            limit.toNanos(),
                            () -> limited.completeExceptionally(new CallTimedOutException(attempts.name(), limit)));
        } catch (RejectedExecutionException e) {
            // Closed while the call began: nobody would end it.
            limited.completeExceptionally(new CallTimedOutException(attempts.name(), limit));
            return limited;
        } catch (Throwable e) {
            // No thread for the timer. The work may go on, but nothing would end the waiting for it.
            limited.completeExceptionally(e);
            return limited;
        }
        work.whenComplete((value, failure) -> {
            timer.cancel(false);
            end(limited, value, failure);
        });
        return limited;
    }

    private long left() {
        return retrying == null ? Long.MAX_VALUE : retrying.leftNanos(begun);
    }

    private static <T> void end(CompletableFuture<T> stage, T value, @Nullable Throwable failure) {
        if (failure == null) {
            stage.complete(value);
        } else {
            stage.completeExceptionally(failure);
        }
    }

    /** The place in the bulkhead is given back when the work has ended, not when nobody waits for it any more. */
    private CompletionStage<T> bulkheaded() {
        var bulkhead = attempts.bulkhead();
        if (bulkhead == null) {
            return called();
        }
        try {
            attempts.enterBulkhead(bulkhead);
        } catch (BulkheadFullException e) {
            return CompletableFuture.failedFuture(e);
        }
        AtomicBoolean left = new AtomicBoolean();
        return called().whenComplete((value, failure) -> {
            if (left.compareAndSet(false, true)) {
                bulkhead.onComplete();
            }
        });
    }

    /**
     * A stage of its own, as the one that the call gave belongs to whoever made it. What the call throws, or a stage
     * that it does not give or that can't be listened to, is a failure like any other.
     */
    private CompletionStage<T> called() {
        CompletableFuture<T> called = new CompletableFuture<>();
        try {
            CompletionStage<T> stage = call.get();
            if (stage == null) {
                throw new NullPointerException("The call to '" + attempts.name() + "' gave no stage.");
            }
            stage.whenComplete((value, failure) -> end(called, value, failure));
        } catch (Throwable e) {
            called.completeExceptionally(e);
        }
        return called;
    }
}
