package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.event.WellFormed;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The health checks of a service, and whether all is well.
 *
 * <pre>{@code
 * HealthCheckRegistry health = new HealthCheckRegistry();
 * health.register("database", NeonHealthCheck.passive(database));
 * health.register("cache", cache::check, HealthCheckSettings.defaults().optional());
 *
 * HealthReport report = health.checkAll();
 * }</pre>
 *
 * <p><b>Running.</b> Checks run side by side, each on a daemon thread of its own up to 32, and each once at a time:
 * who asks while a check runs gets the result of that run. A result stands for the check's interval, and no check
 * runs before it has passed. A run that takes longer than its time limit counts as {@code DOWN} and is interrupted;
 * if it still runs then, it is not started again before it ends, and stays {@code DOWN}. An answer so takes no
 * longer than the longest time limit, in real time; intervals go by the clock.
 *
 * <p><b>Failing.</b> A check that throws or returns nothing is {@code DOWN}. The reason is the message of an
 * {@link com.portfolio.infra.ports.InfrastructureException}, and of any other exception its class alone, as its
 * message might hold a credential. From what a check says itself, in its reason and in its details, credentials are
 * taken out as {@link com.portfolio.infra.utilities.secrets.Redaction} does, and so is a detail whose name speaks of
 * one, unless it is a number or a boolean.
 *
 * <p><b>Thresholds.</b> The first result counts at once. From then on a part that worked is {@code DEGRADED} until
 * so many runs in a row have failed, and only then {@code DOWN}; see {@link HealthCheckSettings}.
 *
 * <p><b>Adding up.</b> The status of all is the worst of its parts, where one that is not critical makes it
 * {@code DEGRADED} at worst. Without checks it is {@code UP}.
 *
 * <p>Thread-safe.
 */
public final class HealthCheckRegistry implements HealthCheck, AutoCloseable {

    private static final int MAX_NAME = 200;

    private final HealthCheckSettings defaults;
    private final Clock clock;
    private final CheckThreads threads = new CheckThreads();
    private final Announcer announcer = new Announcer();

    // Guarded by itself.
    private final Map<String, WatchedCheck> checks = new LinkedHashMap<>();
    private @Nullable Watch watch;
    private volatile boolean shutDown;
    private volatile boolean closed;

    /** With the defaults of {@link HealthCheckSettings}. */
    public HealthCheckRegistry() {
        this(HealthCheckSettings.defaults());
    }

    /** @param defaults of checks that are registered without settings */
    public HealthCheckRegistry(HealthCheckSettings defaults) {
        this(defaults, Clock.systemUTC());
    }

    /**
     * @param defaults of checks that are registered without settings
     * @param clock    gives the times of results, and tells when an interval has passed
     */
    public HealthCheckRegistry(HealthCheckSettings defaults, Clock clock) {
        this.defaults = Objects.requireNonNull(defaults, "defaults");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Adds a check with the defaults of this registry. See {@link #register(String, HealthCheck, HealthCheckSettings)}. */
    public void register(String name, HealthCheck check) {
        register(name, check, defaults);
    }

    /**
     * Adds a check. It is not run before somebody asks.
     *
     * @param name 1 to 200 characters, not blank, without a colon and control characters
     * @throws IllegalArgumentException if the name is none, or the check is this registry
     * @throws IllegalStateException    if there is a check of that name, or this is closed
     */
    public void register(String name, HealthCheck check, HealthCheckSettings settings) {
        requireName(name);
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(settings, "settings");
        if (check == this) {
            throw new IllegalArgumentException("A registry can't be a check of its own, as '" + name + "'.");
        }
        synchronized (checks) {
            if (closed) {
                throw new IllegalStateException(
                        "The registry is closed, so that health check '" + name + "' can't be registered.");
            }
            if (checks.containsKey(name)) {
                throw new IllegalStateException("There is a health check '" + name + "' already.");
            }
            threads.sizeFor(checks.size() + 1);
            checks.put(name, new WatchedCheck(name, check, settings, threads, clock, announcer::announce));
        }
    }

    private static void requireName(String name) {
        WellFormed.require(name, "the name of a health check");
        // The colon separates names from what is measured in the JSON of health.
        if (name.isBlank()
                || name.length() > MAX_NAME
                || name.indexOf(':') >= 0
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The name of a health check has 1 to " + MAX_NAME
                    + " characters, is not blank, and has neither a colon nor control characters; '"
                    + Sentences.oneLine(name) + "' is none.");
        }
    }

    /** Adds one who is told of changes from now on. Changes are also logged. */
    public void addListener(HealthListener listener) {
        announcer.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * What all checks find. Blocks until each has a result, and never throws.
     *
     * <p>If the calling thread is interrupted it returns at once with what was found last, which is
     * {@code UNKNOWN} for a check that has not ended yet, and stays interrupted; the runs go on.
     */
    public HealthReport checkAll() {
        HealthReport report = report(check -> true);
        return ready(report);
    }

    /** What the checks of one group find. Otherwise like {@link #checkAll()}. */
    public HealthReport check(HealthGroup group) {
        Objects.requireNonNull(group, "group");
        HealthReport report = report(check -> check.isIn(group));
        return group == HealthGroup.READINESS ? ready(report) : report;
    }

    /** {@link #checkAll()} as one result, so that a registry can be a check of another one. Never throws. */
    @Override
    public HealthResult check() {
        long begun = System.nanoTime();
        HealthReport report = checkAll();
        Map<String, Object> parts = new LinkedHashMap<>();
        report.parts().forEach(part -> parts.put(part.name(), detail(part.result())));
        return new HealthResult(
                report.status(), report.reason(), parts, Duration.ofNanos(System.nanoTime() - begun), report.at());
    }

    private static Map<String, Object> detail(HealthResult result) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", result.status().name());
        result.reason().ifPresent(reason -> detail.put("reason", reason));
        if (!result.details().isEmpty()) {
            detail.put("details", result.details());
        }
        return detail;
    }

    private HealthReport ready(HealthReport report) {
        return shutDown ? report.downBecause("The service is shutting down.") : report;
    }

    private HealthReport report(Predicate<WatchedCheck> wanted) {
        List<WatchedCheck> asked = all().stream().filter(wanted).toList();
        // All begin before the first is waited for.
        List<CompletableFuture<HealthResult>> results =
                asked.stream().map(WatchedCheck::ask).toList();
        List<HealthReport.Part> parts = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            WatchedCheck check = asked.get(i);
            parts.add(check.part(await(results.get(i), check)));
        }
        return HealthReport.of(parts, clock.instant());
    }

    private static HealthResult await(CompletableFuture<HealthResult> result, WatchedCheck check) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return check.known();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A run of a health check did not tell its result.", e);
        }
    }

    private List<WatchedCheck> all() {
        synchronized (checks) {
            return List.copyOf(checks.values());
        }
    }

    /**
     * From now on looks by itself: each check is run when its interval has passed, give or take a second, so that
     * listeners hear of changes though nobody asks. Does nothing if it does so already, or is closed.
     */
    public void watch() {
        synchronized (checks) {
            if (watch == null && !closed) {
                watch = Watch.everySecond(() -> all().forEach(WatchedCheck::renew));
            }
        }
    }

    /**
     * From now on the service is not ready, whatever its checks find, so that it is given no more work. To be called
     * before anything is closed. Everything else goes on, liveness too.
     */
    public void shutdown() {
        shutDown = true;
    }

    /**
     * Shuts down, ends the watch, interrupts the checks that run and begins no other. Whoever waits for one, and
     * whoever asks from now on, is given what was found last. Does not wait. Checks are not closed.
     */
    @Override
    public void close() {
        shutdown();
        synchronized (checks) {
            closed = true;
            if (watch != null) {
                watch.end();
            }
        }
        all().forEach(WatchedCheck::close);
        threads.end();
        announcer.end();
    }
}
