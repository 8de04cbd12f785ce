package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a check, for all who want its result. Ends with what the check found or when the time has run out,
 * whichever is first; a thread that does not heed its interrupt goes on, and is {@link #isStuck}.
 */
final class Flight implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheckRegistry.class);

    private final String name;
    private final HealthCheck check;
    private final Duration timeout;
    private final Clock clock;
    private final UnaryOperator<HealthResult> landing;
    private final CheckThreads threads;

    private final CompletableFuture<HealthResult> outcome = new CompletableFuture<>();
    private final CompletableFuture<Void> alarm = new CompletableFuture<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final long begun = System.nanoTime();

    // Guarded by this, so that nobody is interrupted who has gone on to something else.
    private @Nullable Thread runner;
    private boolean started;

    /** @param landing told what was found, once and before anybody who waits; gives the result that counts */
    Flight(
            String name,
            HealthCheck check,
            Duration timeout,
            Clock clock,
            CheckThreads threads,
            UnaryOperator<HealthResult> landing) {
        this.name = name;
        this.check = check;
        this.timeout = timeout;
        this.clock = clock;
        this.threads = threads;
        this.landing = landing;
    }

    /** Never completes exceptionally, and is completed when the time has run out at the latest. */
    CompletableFuture<HealthResult> outcome() {
        return outcome;
    }

    /** Whether the check is still at work. */
    synchronized boolean isStuck() {
        return runner != null;
    }

    /** For how long it has been on its way. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    void begin() {
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        CompletableFuture<Void> unused = alarm.orTimeout(nanos, TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        giveUp();
                    }
                });
        try {
            threads.start(this);
        } catch (RuntimeException | Error e) {
            // A pool that was shut down in between, or a machine that has no more threads.
            end(HealthResult.down(
                    "The check could not be started: " + e.getClass().getSimpleName() + "."));
        }
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            if (decided.get()) {
                return;
            }
            runner = thread;
            started = true;
        }
        String before = thread.getName();
        thread.setName(before + "-" + name);
        HealthResult found = look();
        thread.setName(before);
        synchronized (this) {
            runner = null;
            Thread.interrupted();
        }
        end(found);
    }

    private HealthResult look() {
        try {
            HealthResult found = check.check();
            return found == null ? HealthResult.down("The check returned nothing.") : Discretion.discreet(found);
        } catch (Throwable e) {
            return HealthResult.down(Sentences.failed(e));
        }
    }

    private void giveUp() {
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        boolean ran;
        synchronized (this) {
            ran = started;
            if (runner != null) {
                runner.interrupt();
            }
        }
        if (!ran) {
            threads.forget(this);
        }
        String limit = Sentences.text(timeout);
        land(HealthResult.down(
                ran ? "The check timed out after " + limit + "." : "The check was not started within " + limit + "."));
    }

    private void end(HealthResult found) {
        if (decided.compareAndSet(false, true)) {
            alarm.complete(null);
            land(found);
        }
    }

    private void land(HealthResult found) {
        HealthResult counts = found;
        try {
            counts = landing.apply(found.took(age(), clock.instant()));
        } finally {
            // Whatever happens, nobody waits for ever.
            outcome.complete(counts);
        }
        LOG.atTrace()
                .addArgument(name)
                .addArgument(() -> Sentences.oneLine(found.toString()))
                .log("Check {} found {}");
    }

    /** Whoever waits gets this, and what is found is forgotten. */
    void abandon(HealthResult instead) {
        if (decided.compareAndSet(false, true)) {
            alarm.complete(null);
            outcome.complete(instead);
        }
    }
}
