package com.portfolio.infra.utilities.secrets;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A daemon thread that does something again and again, and other things in between. Thread-safe. */
final class Poller {

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    /** @param look does not throw, as it would not be done again */
    Poller(long intervalMillis, Runnable look) {
        executor = new ScheduledThreadPoolExecutor(1, this::daemon);
        ScheduledFuture<?> unused =
                executor.scheduleWithFixedDelay(look, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
    }

    private Thread daemon(Runnable work) {
        Thread daemon = new Thread(work, "secrets-poll");
        daemon.setDaemon(true);
        thread = daemon;
        return daemon;
    }

    /** Does something soon. */
    void soon(Runnable work) {
        executor.execute(work);
    }

    /** Begins nothing any more; what is under way goes on. */
    void stop() {
        executor.shutdown();
    }

    boolean isStopped() {
        return executor.isShutdown();
    }

    boolean hasEnded() {
        return executor.isTerminated();
    }

    /** Interrupts what is under way, unless that is what calls this. */
    void end() {
        if (Thread.currentThread() == thread) {
            executor.shutdown();
        } else {
            executor.shutdownNow();
        }
    }
}
