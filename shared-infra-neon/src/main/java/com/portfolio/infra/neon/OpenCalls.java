package com.portfolio.infra.neon;

import java.time.Duration;

/** The calls that are under way, so that closing can let them end. Thread-safe. */
final class OpenCalls {

    private boolean closed;
    private int open;

    /**
     * A call begins; {@link #end} has to follow.
     *
     * @throws IllegalStateException after {@link #close}
     */
    synchronized void begin() {
        if (closed) {
            throw new IllegalStateException("The database is closed.");
        }
        open++;
    }

    /** A call has ended, however. */
    synchronized void end() {
        open--;
        notifyAll();
    }

    /** Lets no call begin any more, and waits until those under way have ended, or for as long as the limit says. */
    synchronized void close(Duration limit) {
        closed = true;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toNanos(); open > 0 && left > 0; left = deadline - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
