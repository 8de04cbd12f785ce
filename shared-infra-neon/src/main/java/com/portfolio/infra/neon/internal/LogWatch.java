package com.portfolio.infra.neon.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for news of the log on behalf of everybody in this process, with one poll at a time.
 *
 * <p>There is no thread of its own: whoever waits and finds a poll due makes it, for all. While nobody
 * waits nothing is polled. After a poll that tells nothing new the pause doubles, up to a limit, so that it is
 * about as long as the log has been quiet; news, and {@linkplain #wake() own appends}, make polls frequent again.
 */
public final class LogWatch {

    /** Asks the log how far it can be read. */
    @FunctionalInterface
    public interface Poll {

        long watermark() throws SQLException;
    }

    private static final long NOTHING_KNOWN = -1;
    private static final long LONGEST_WAIT = Long.MAX_VALUE / 4;

    /** Between two polls at least, however many own appends there are. */
    private static final long BREATH = Duration.ofMillis(5).toNanos();

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

    /** Before this an own append makes no poll, as one began just now. */
    private long nextWoken = nextPoll;

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
            boolean polled = false;
            while (true) {
                if (closed) {
                    throw new IllegalStateException("The database is closed.");
                }
                if (watermark > position && toldBy > begunBefore) {
                    return true;
                }
                long now = System.nanoTime();
                if (polled && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (polled && now - deadline >= 0) {
                    return false;
                }
                boolean due = watermark > position || watermark == NOTHING_KNOWN || now - nextPoll >= 0;
                if (due && !polling) {
                    makePoll(poll);
                    polled = true;
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
        nextWoken = System.nanoTime() + Math.min(BREATH, shortestInterval);
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
                interval = news || woken ? shortestInterval : Math.min(longestInterval, interval * 2);
                nextPoll = woken ? soonest() : System.nanoTime() + interval;
                watermark = told;
                toldBy = number;
            }
            // After a failure the poll is still due: another waiter makes it, and hears of its own failure.
            changed.signalAll();
        }
    }

    private long soonest() {
        long now = System.nanoTime();
        return nextWoken - now > 0 ? nextWoken : now;
    }

    /** Something was appended by this process: the next poll is due at once, or a moment after the one before it. */
    public void wake() {
        lock.lock();
        try {
            wakes++;
            interval = shortestInterval;
            nextPoll = soonest();
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
