package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthStatus;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells listeners and the log of changes, in their order, on one daemon thread. */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheckRegistry.class);

    /** So many changes wait for a listener that does not return; later ones are lost to it, and logged. */
    private static final int WAITING = 1_000;

    private static final long IDLE_SECONDS = 30;

    private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor thread;

    Announcer() {
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Daemons.named("health-listeners"),
                (work, executor) -> {
                    if (!executor.isShutdown()) {
                        LOG.warn("A health listener does not return; it is not told of this change.");
                    }
                });
        thread.allowCoreThreadTimeOut(true);
    }

    void add(HealthListener listener) {
        listeners.add(listener);
    }

    /** Does not wait for anybody. */
    void announce(HealthChange change) {
        thread.execute(() -> {
            log(change);
            listeners.forEach(listener -> tell(listener, change));
        });
    }

    private static void log(HealthChange change) {
        Level level = change.to() == HealthStatus.UP ? Level.INFO : Level.WARN;
        LOG.atLevel(level)
                .addArgument(change.name())
                .addArgument(change.to())
                .addArgument(change.from())
                .addArgument(() -> Sentences.oneLine(change.result().reason().orElse("It works.")))
                .log("Health of {} is {}, was {}: {}");
    }

    private static void tell(HealthListener listener, HealthChange change) {
        try {
            listener.changed(change);
        } catch (Throwable e) {
            LOG.warn("A health listener failed at a change of {} to {}.", change.name(), change.to(), e);
        }
    }

    /** What was announced is still told. Does not wait. */
    void end() {
        thread.shutdown();
    }
}
