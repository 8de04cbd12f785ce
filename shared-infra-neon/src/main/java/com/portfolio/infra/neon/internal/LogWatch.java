package com.portfolio.infra.neon.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for news of the log on behalf of everybody in this process, with one poll at a time.
 *
 * <p>There is no thread of its own: whoever waits and finds a poll due makes it, for all. While nobody
 * waits nothing is polled. Polls that tell nothing new become rarer, up to a limit; news, and
 * {@linkplain #wake() own appends}, make them frequent again.
 */
public final class LogWatch {

    /** Asks the log how far it can be read. */
    @FunctionalInterface
    public interface Poll {

        long watermark() throws SQLException;
    }

    private static final long NOTHING_KNOWN = -1;
    private static final long LONGEST_WAIT = Long.MAX_VALUE / 4;

    private final long shortestInterval;
    private final long longestInterval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private boolean closed;
    private boolean polling;
    private long pollsBegun;
    private long wakes;

    /** What the poll of number {@link #toldBy} said. */
    private long watermark = NOTHING_KNOWN;

    private long toldBy;
    private long interval;
    private long nextPoll = System.nanoTime();

    public LogWatch(Duration shortestInterval, Duration longestInterval) {
        this.shortestInterval = shortestInterval.toNanos();
        this.longestInterval = longestInterval.toNanos();
        this.interval = this.shortestInterval;
    }

    /**
     * Waits until the log can be read beyond a position.
     *
     * <p>A yes comes from a poll that began after this call, so that it is true now; a no may be as old as
     * the present interval.
     *
     * @return whether it can; false when the time has run out
     * @throws SQLException          if a poll failed that this thread made
     * @throws IllegalStateException if the watch is closed, or was while waiting
     */
    public boolean awaitBeyond(long position, Duration timeout, Poll poll) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + nanos(timeout);
        lock.lockInterruptibly();
        try {
            long begunBefore = pollsBegun;
            while (true) {
                if (closed) {
                    throw new IllegalStateException("The database is closed.");
                }
                if (watermark > position && toldBy > begunBefore) {
                    return true;
                }
                long now = System.nanoTime();
                boolean due = watermark > position || watermark == NOTHING_KNOWN || now - nextPoll >= 0;
                if (due && !polling) {
                    makePoll(poll);
                } else if (now - deadline >= 0) {
                    return false;
                } else {
                    await(polling || nextPoll - deadline > 0 ? deadline - now : nextPoll - now);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private void await(long nanos) throws InterruptedException {
        long ignored = changed.awaitNanos(nanos);
    }

    /** Polls with the lock released, so that others can begin to wait. */
    private void makePoll(Poll poll) throws SQLException {
        long number = ++pollsBegun;
        long wakesBefore = wakes;
        polling = true;
        lock.unlock();
        long told = NOTHING_KNOWN;
        try {
            told = poll.watermark();
        } finally {
            lock.lock();
            polling = false;
            if (told != NOTHING_KNOWN) {
                boolean woken = wakes != wakesBefore;
                boolean news = told != watermark;
                interval = news || woken ? shortestInterval : Math.min(longestInterval, interval + interval / 2);
                nextPoll = System.nanoTime() + (woken ? 0 : interval);
                watermark = told;
                toldBy = number;
            }
            // After a failure the poll is still due: another waiter makes it, and hears of its own failure.
            changed.signalAll();
        }
    }

    /** Something was appended by this process: the next poll is due at once. */
    public void wake() {
        lock.lock();
        try {
            wakes++;
            interval = shortestInterval;
            nextPoll = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofNanos(LONGEST_WAIT)) >= 0 ? LONGEST_WAIT : timeout.toNanos();
    }
}
