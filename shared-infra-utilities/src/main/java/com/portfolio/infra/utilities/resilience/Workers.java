package com.portfolio.infra.utilities.resilience;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a {@link Resilience}: one that waits for points in time, and those that calls run on whose callers
 * do not wait for them without end. Daemons all of them, started when they are first needed. Thread-safe.
 */
final class Workers implements AutoCloseable {

    private static final long KEEP_ALIVE_SECONDS = 10;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService own;
    private final Executor executor;

    /** @param given where calls run; threads of our own if there is none */
    Workers(String name, @Nullable Executor given) {
        this.own = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads(name + "-call"));
        this.timer = new ScheduledThreadPoolExecutor(1, threads(name + "-timer")) {
            @Override
            protected void terminated() {
                // Not before: what follows a time limit that is kept to after close() needs a thread too.
                own.shutdown();
            }
        };
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        this.executor = given == null ? own : given;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** @throws RejectedExecutionException if there is no thread, or this is closed */
    void execute(Runnable task) {
        if (isClosed()) {
            throw new RejectedExecutionException("closed");
        }
        executor.execute(task);
    }

    /**
     * Runs a short task after a time. When this is closed meanwhile it runs all the same.
     *
     * @throws RejectedExecutionException if this is closed already
     */
    Future<?> after(long nanos, Runnable task) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Runs foreign code that may block, such as what follows a stage, after a time and not on the timer's thread, which
     * everybody's time limits need. When this is closed meanwhile it runs all the same.
     *
     * @throws RejectedExecutionException if this is closed already
     */
    Future<?> afterwards(long nanos, Runnable task) {
        return after(nanos, () -> aside(task));
    }

    /**
     * Runs foreign code that may block on a thread of our own, or here if there is none: it is run in any case. After
     * {@link #close} there is one as long as a time limit is kept to.
     */
    void aside(Runnable task) {
        try {
            own.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // This has ended, or the machine has no thread left.
            task.run();
        }
    }

    /** Waits for a time, or until this is closed. */
    void pause(long nanos) throws InterruptedException {
        closed.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Time limits that are running are kept to; the threads end with the last of them. */
    @Override
    public void close() {
        closed.countDown();
        timer.shutdown();
    }
}
