package com.portfolio.infra.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what another thread brings about, instead of for time to pass.
 *
 * <pre>{@code
 * Eventually.within(Duration.ofSeconds(10)).get("the status", subscription::status, Status.LIVE::equals);
 * Eventually.within(Duration.ofSeconds(10)).pass(() -> assertThat(seen).containsExactly("a", "b"));
 * }</pre>
 *
 * <p>What is asked runs in the calling thread, again and again at short intervals, at least once.
 */
public final class Eventually {

    private static final long INTERVAL_NANOS = Duration.ofMillis(5).toNanos();

    private final Duration timeout;

    private Eventually(Duration timeout) {
        this.timeout = timeout;
    }

    /** Waits no longer than that. */
    public static Eventually within(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A timeout must not be negative, but is " + timeout + ".");
        }
        return new Eventually(timeout);
    }

    /**
     * Waits until a value is as wanted.
     *
     * @param what names the value in the error
     * @return the first value that was as wanted
     * @throws AssertionError if the time ran out, with the last value
     */
    public <T> T get(String what, Callable<? extends T> value, Predicate<? super T> wanted) {
        Objects.requireNonNull(what, "what");
        long start = System.nanoTime();
        while (true) {
            T last = call(what, value);
            if (wanted.test(last)) {
                return last;
            }
            if (!pause(start)) {
                throw new AssertionError("Within " + timeout + " " + what + " did not become what was waited for;"
                        + " it was last <" + last + ">.");
            }
        }
    }

    /**
     * Waits until a condition holds.
     *
     * @param what names the condition in the error
     * @throws AssertionError if the time ran out
     */
    public void holds(String what, Callable<Boolean> condition) {
        get(what, condition, Boolean.TRUE::equals);
    }

    /**
     * Waits until an assertion passes.
     *
     * @throws AssertionError if the time ran out; the last failure is its cause
     */
    public void pass(Runnable assertion) {
        long start = System.nanoTime();
        while (true) {
            AssertionError failure = failureOf(assertion);
            if (failure == null) {
                return;
            }
            if (!pause(start)) {
                throw new AssertionError("Within " + timeout + " this did not pass: " + failure.getMessage(), failure);
            }
        }
    }

    private static <T> T call(String what, Callable<? extends T> value) {
        try {
            return value.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("While waiting for " + what + ": " + e, e);
        }
    }

    private static @Nullable AssertionError failureOf(Runnable assertion) {
        try {
            assertion.run();
            return null;
        } catch (AssertionError e) {
            return e;
        }
    }

    /** Waits a moment; {@code false} if the time has run out. */
    private boolean pause(long start) {
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("The thread was interrupted while it waited.");
        }
        if (System.nanoTime() - start >= TimeUnit.NANOSECONDS.convert(timeout)) {
            return false;
        }
        LockSupport.parkNanos(INTERVAL_NANOS);
        return true;
    }
}
