package com.portfolio.infra.utilities.health;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something every second, on a daemon thread. */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheckRegistry.class);

    private final ScheduledThreadPoolExecutor thread;

    private Watch(ScheduledThreadPoolExecutor thread) {
        this.thread = thread;
    }

    static Watch everySecond(Runnable work) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Daemons.named("health-watch"));
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(() -> guarded(work), 0, 1, TimeUnit.SECONDS);
        return new Watch(thread);
    }

    /** What throws would not be done again. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Health checks could not be run; this is tried again in a second.", e);
        }
    }

    void end() {
        thread.shutdownNow();
    }
}
