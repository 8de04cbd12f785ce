package com.portfolio.infra.utilities.resilience;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets nobody wait for a blocking call for longer than a time.
 *
 * <p>The call runs on a thread of its own, as the caller's could not leave a call that does not listen to
 * interruption. Thread-safe.
 */
final class TimeLimit {

    private final String name;
    private final Workers workers;

    TimeLimit(String name, Workers workers) {
        this.name = name;
        this.workers = workers;
    }

    <T, X extends Exception> T call(ResilientCall<T, X> call, Duration limit) throws X {
        CallerContext context = CallerContext.capture();
        Callable<T> work = () -> context.call(call);
        FutureTask<T> task = new FutureTask<>(work);
        start(task);
        try {
            return await(task, limit);
        } catch (ExecutionException e) {
            throw Thrown.<X>as(e.getCause() == null ? e : e.getCause());
        }
    }

    private void start(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            throw new BulkheadFullException(name, "There is no thread for a call with a time limit", e);
        }
    }

    private <T> T await(FutureTask<T> task, Duration limit) throws ExecutionException {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return resultOrElse(task, new CallTimedOutException(name, limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return resultOrElse(task, new CallInterruptedException(name, e));
        }
    }

    /** Interrupts a call; one that has ended at the very last moment has its result all the same. */
    private static <T> T resultOrElse(FutureTask<T> task, ResilienceException failure) throws ExecutionException {
        if (task.cancel(true)) {
            throw failure;
        }
        // Uninterruptible: the task is done.
        boolean interrupted = Thread.interrupted();
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("A task that is done was waited for.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
