package com.portfolio.infra.utilities.health;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The daemon threads of a registry's checks: as many as there are checks, up to a limit. */
final class CheckThreads {

    static final int MAX = 32;

    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    CheckThreads() {
        pool = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Daemons.numbered("health"));
        pool.allowCoreThreadTimeOut(true);
    }

    /** There are so many checks now, never fewer than before. */
    void sizeFor(int checks) {
        int size = Math.min(checks, MAX);
        pool.setMaximumPoolSize(size);
        pool.setCorePoolSize(size);
    }

    /** @throws java.util.concurrent.RejectedExecutionException after the end */
    void start(Runnable run) {
        pool.execute(run);
    }

    /** Takes back what was not begun. */
    void forget(Runnable run) {
        pool.remove(run);
    }

    /** Interrupts what runs, and begins nothing more. Does not wait. */
    void end() {
        pool.shutdownNow();
    }
}
