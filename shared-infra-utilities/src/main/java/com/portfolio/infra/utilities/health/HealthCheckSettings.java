package com.portfolio.infra.utilities.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a registry treats one check.
 *
 * <pre>{@code
 * HealthCheckSettings.defaults().optional().timeout(Duration.ofMillis(500))
 * }</pre>
 *
 * @param critical         whether the whole is down when this check is; otherwise it is degraded; {@code true} by
 *                         default
 * @param groups           for which questions it counts; {@link HealthGroup#READINESS} alone by default
 * @param timeout          after how long a run counts as failed and is interrupted; 2 s by default
 * @param interval         for how long a result stands before the check is run again; 10 s by default, zero for each
 *                         time anew
 * @param downInterval     the same after a run that found the part down; 5 s by default
 * @param failureThreshold how many runs in a row have to find a part down that worked before, until it counts as
 *                         down; until then it is degraded; 3 by default
 * @param successThreshold how many runs in a row must not find a part down that was, until it counts as working; 1
 *                         by default
 */
public record HealthCheckSettings(
        boolean critical,
        Set<HealthGroup> groups,
        Duration timeout,
        Duration interval,
        Duration downInterval,
        int failureThreshold,
        int successThreshold) {

    private static final HealthCheckSettings DEFAULTS = new HealthCheckSettings(
            true,
            Set.of(HealthGroup.READINESS),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            3,
            1);

    /** @throws IllegalArgumentException that names everything that can't be used */
    public HealthCheckSettings {
        // In their order, so that reports of the same checks are the same.
        groups = groups.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(new TreeSet<>(groups)));
        List<String> problems = new ArrayList<>();
        if (timeout.isNegative() || timeout.isZero()) {
            problems.add("the timeout must be positive, not " + timeout);
        }
        if (interval.isNegative()) {
            problems.add("the interval must not be negative, not " + interval);
        }
        if (downInterval.isNegative()) {
            problems.add("the interval while down must not be negative, not " + downInterval);
        }
        if (failureThreshold < 1) {
            problems.add("the failure threshold must be at least 1, not " + failureThreshold);
        }
        if (successThreshold < 1) {
            problems.add("the success threshold must be at least 1, not " + successThreshold);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The settings of a health check can't be used: " + String.join("; ", problems) + ".");
        }
    }

    /** Critical for readiness, with the times and thresholds above. */
    public static HealthCheckSettings defaults() {
        return DEFAULTS;
    }

    /** The same, for a part without which the service still does its work. */
    public HealthCheckSettings optional() {
        return critical(false);
    }

    /** The same, for a part that is critical or not. */
    public HealthCheckSettings critical(boolean isCritical) {
        return new HealthCheckSettings(
                isCritical, groups, timeout, interval, downInterval, failureThreshold, successThreshold);
    }

    /** The same, that counts for these questions and no others; with none it counts for the whole alone. */
    public HealthCheckSettings countsFor(HealthGroup... those) {
        return new HealthCheckSettings(
                critical,
                Set.copyOf(List.of(those)),
                timeout,
                interval,
                downInterval,
                failureThreshold,
                successThreshold);
    }

    /** The same, with another time limit. */
    public HealthCheckSettings timeout(Duration time) {
        return new HealthCheckSettings(
                critical, groups, time, interval, downInterval, failureThreshold, successThreshold);
    }

    /** The same, with results that stand for another time. */
    public HealthCheckSettings interval(Duration time) {
        return new HealthCheckSettings(
                critical, groups, timeout, time, downInterval, failureThreshold, successThreshold);
    }

    /** The same, with failures that stand for another time. */
    public HealthCheckSettings downInterval(Duration time) {
        return new HealthCheckSettings(critical, groups, timeout, interval, time, failureThreshold, successThreshold);
    }

    /** The same, with another number of failures in a row. */
    public HealthCheckSettings failureThreshold(int inARow) {
        return new HealthCheckSettings(critical, groups, timeout, interval, downInterval, inARow, successThreshold);
    }

    /** The same, with another number of successes in a row. */
    public HealthCheckSettings successThreshold(int inARow) {
        return new HealthCheckSettings(critical, groups, timeout, interval, downInterval, failureThreshold, inARow);
    }
}
