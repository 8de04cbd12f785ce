package com.portfolio.infra.testing.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what no one announces: files and processes of another program. */
final class Waiting {

    private static final long STEP = Duration.ofMillis(10).toNanos();

    private Waiting() {}

    /**
     * Returns true as soon as {@code condition} holds, false when it does not within {@code timeout}.
     *
     * @throws EmbeddedServerException if the thread is interrupted; its interrupt status stays set
     */
    static boolean until(Duration timeout, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.NANOSECONDS.convert(timeout)) {
                return false;
            }
            LockSupport.parkNanos(STEP);
            if (Thread.currentThread().isInterrupted()) {
                throw new EmbeddedServerException("Interrupted while waiting for a server.");
            }
        }
        return true;
    }
}
