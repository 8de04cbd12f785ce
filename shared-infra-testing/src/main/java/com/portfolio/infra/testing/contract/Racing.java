package com.portfolio.infra.testing.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs work in several threads that start at the same moment. */
final class Racing {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Racing() {}

    /** What became of one thread: a value, or what it threw. */
    record Outcome<T>(@Nullable T value, @Nullable Throwable failure) {

        boolean succeeded() {
            return failure == null;
        }
    }

    /** All outcomes, in the order of the threads' numbers from 0. */
    static <T> List<Outcome<T>> outcomes(int threads, IntFunction<Callable<T>> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> one = work.apply(i);
                running.add(pool.submit(() -> {
                    start.await();
                    return one.call();
                }));
            }
            List<Outcome<T>> outcomes = new ArrayList<>();
            for (Future<T> future : running) {
                outcomes.add(outcome(future));
            }
            return outcomes;
        } finally {
            pool.shutdownNow();
        }
    }

    /** All values; what a thread threw fails the test. */
    static <T> List<T> values(int threads, IntFunction<Callable<T>> work) {
        List<T> values = new ArrayList<>();
        for (Outcome<T> outcome : outcomes(threads, work)) {
            if (outcome.value() == null) {
                throw new AssertionError(
                        "One of " + threads + " threads failed: " + outcome.failure(), outcome.failure());
            }
            values.add(outcome.value());
        }
        return values;
    }

    private static <T> Outcome<T> outcome(Future<T> future) {
        try {
            return new Outcome<>(future.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            return new Outcome<>(null, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A thread was not done within " + LIMIT + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The thread was interrupted while it waited for others.", e);
        }
    }
}
