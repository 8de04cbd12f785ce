package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A health check that finds what a test says; {@linkplain HealthResult#up() up} at first. Thread-safe. */
public final class SettableHealthCheck implements HealthCheck {

    private @Nullable HealthResult result = HealthResult.up();
    private @Nullable Exception failure;
    private int calls;
    private int running;

    /** From now on the part works. */
    public void up() {
        set(HealthResult.up());
    }

    /** From now on the part works less well than it should. */
    public void degraded(String reason) {
        set(HealthResult.degraded(reason));
    }

    /** From now on the part does not work. */
    public void down(String reason) {
        set(HealthResult.down(reason));
    }

    /** From now on this is found, also by calls that hang. */
    public void set(HealthResult found) {
        become(Objects.requireNonNull(found, "found"), null);
    }

    /** From now on the check itself fails. */
    public void fail(Exception exception) {
        become(null, Objects.requireNonNull(exception, "exception"));
    }

    /** From now on the check does not return, until it is set to something else or interrupted. */
    public void hang() {
        become(null, null);
    }

    private synchronized void become(@Nullable HealthResult found, @Nullable Exception exception) {
        result = found;
        failure = exception;
        notifyAll();
    }

    @Override
    public synchronized HealthResult check() throws Exception {
        calls++;
        running++;
        try {
            while (true) {
                if (failure != null) {
                    throw failure;
                }
                if (result != null) {
                    return result;
                }
                wait();
            }
        } finally {
            running--;
        }
    }

    /** How often it was called so far. */
    public synchronized int calls() {
        return calls;
    }

    /** How many calls hang now. */
    public synchronized int running() {
        return running;
    }
}
