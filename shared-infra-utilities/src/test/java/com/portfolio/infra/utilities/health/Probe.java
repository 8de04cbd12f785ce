package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A check that finds what a test says, and counts. */
final class Probe implements HealthCheck {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile Callable<HealthResult> finding = HealthResult::up;

    Probe finds(Callable<HealthResult> what) {
        finding = what;
        return this;
    }

    Probe finds(HealthResult result) {
        return finds(() -> result);
    }

    Probe isDown() {
        return finds(HealthResult.down("Gone."));
    }

    /** Hangs until the latch opens or it is interrupted. */
    Probe hangsOn(CountDownLatch latch) {
        return finds(() -> {
            try {
                latch.await();
                return HealthResult.up();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
                throw e;
            }
        });
    }

    /** Hangs until the latch opens, whatever anybody does. */
    Probe hangsDeafOn(CountDownLatch latch) {
        return finds(() -> {
            while (true) {
                try {
                    latch.await();
                    return HealthResult.up();
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet();
                }
            }
        });
    }

    int calls() {
        return calls.get();
    }

    int interrupts() {
        return interrupts.get();
    }

    int running() {
        return running.get();
    }

    @Override
    public HealthResult check() throws Exception {
        calls.incrementAndGet();
        running.incrementAndGet();
        try {
            return finding.call();
        } finally {
            running.decrementAndGet();
        }
    }
}
