package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registered check, and what is known of it. Thread-safe. */
final class WatchedCheck {

    private final String name;
    private final HealthCheck check;
    private final HealthCheckSettings settings;
    private final CheckThreads threads;
    private final Clock clock;
    private final Consumer<HealthChange> changes;

    // Guarded by this.
    private final Steadiness steadiness;
    private @Nullable Flight flight;
    private @Nullable HealthResult latest;
    private boolean lastRunFailed;
    private boolean closed;

    /** @param changes told of each change, in their order; must not block */
    WatchedCheck(
            String name,
            HealthCheck check,
            HealthCheckSettings settings,
            CheckThreads threads,
            Clock clock,
            Consumer<HealthChange> changes) {
        this.name = name;
        this.check = check;
        this.settings = settings;
        this.threads = threads;
        this.clock = clock;
        this.changes = changes;
        this.steadiness = new Steadiness(settings.failureThreshold(), settings.successThreshold());
    }

    boolean isIn(HealthGroup group) {
        return settings.groups().contains(group);
    }

    HealthReport.Part part(HealthResult result) {
        return new HealthReport.Part(name, settings.critical(), settings.groups(), result);
    }

    /** The result that stands, or that of the run that is on its way, or that of one that begins now. */
    CompletableFuture<HealthResult> ask() {
        Flight next;
        synchronized (this) {
            if (flight != null && !flight.outcome().isDone()) {
                return flight.outcome();
            }
            if (closed || isFresh()) {
                return CompletableFuture.completedFuture(known());
            }
            if (flight != null && flight.isStuck()) {
                return CompletableFuture.completedFuture(landed(stillRunning(flight.age())));
            }
            next = new Flight(name, check, settings.timeout(), clock, threads, this::landed);
            flight = next;
        }
        next.begin();
        return next.outcome();
    }

    /** Begins a run if it is time for one, and waits for nobody. */
    void renew() {
        CompletableFuture<HealthResult> unused = ask();
    }

    private boolean isFresh() {
        if (latest == null) {
            return false;
        }
        Duration age = Duration.between(latest.checkedAt(), clock.instant());
        Duration limit = lastRunFailed ? settings.downInterval() : settings.interval();
        // A clock that was set back makes no result stand for longer.
        return !age.isNegative() && age.compareTo(limit) < 0;
    }

    private HealthResult stillRunning(Duration age) {
        return HealthResult.down("The check timed out after " + Sentences.text(settings.timeout())
                        + " and still runs, for " + age.toSeconds() + " s now; it is not started again.")
                .took(age, clock.instant());
    }

    private synchronized HealthResult landed(HealthResult found) {
        if (closed) {
            return known();
        }
        HealthStatus before = latest == null ? HealthStatus.UNKNOWN : latest.status();
        HealthResult counts = steadiness.after(found);
        latest = counts;
        lastRunFailed = found.status() == HealthStatus.DOWN;
        if (counts.status() != before) {
            // Under the lock, so that changes are told of in their order; nobody is called here.
            changes.accept(new HealthChange(name, before, counts));
        }
        return counts;
    }

    /** What was found last, without looking again. */
    synchronized HealthResult known() {
        return latest != null
                ? latest
                : new HealthResult(
                        HealthStatus.UNKNOWN,
                        Optional.of("The check has not ended yet."),
                        Map.of(),
                        Duration.ZERO,
                        clock.instant());
    }

    /** From now on nothing is begun, and what ends does not count. */
    void close() {
        Flight open;
        HealthResult instead;
        synchronized (this) {
            closed = true;
            open = flight;
            instead = known();
        }
        if (open != null) {
            open.abandon(instead);
        }
    }
}
