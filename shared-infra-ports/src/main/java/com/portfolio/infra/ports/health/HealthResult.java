package com.portfolio.infra.ports.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a health check found.
 *
 * @param status    how well the part works
 * @param reason    one sentence that says why it is not {@link HealthStatus#UP}; empty if it is
 * @param details   what else is known, in a fixed order: strings, numbers, booleans, or maps and lists of
 *                  them; never a credential
 * @param duration  how long the check took
 * @param checkedAt when it ended
 */
public record HealthResult(
        HealthStatus status,
        Optional<String> reason,
        Map<String, Object> details,
        Duration duration,
        Instant checkedAt) {

    public HealthResult {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(checkedAt, "checkedAt");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** The part works. */
    public static HealthResult up() {
        return of(HealthStatus.UP, Optional.empty());
    }

    /** The part works, but less well than it should. */
    public static HealthResult degraded(String reason) {
        return of(HealthStatus.DEGRADED, Optional.of(reason));
    }

    /** The part does not work. */
    public static HealthResult down(String reason) {
        return of(HealthStatus.DOWN, Optional.of(reason));
    }

    private static HealthResult of(HealthStatus status, Optional<String> reason) {
        return new HealthResult(status, reason, Map.of(), Duration.ZERO, Instant.now());
    }

    /** The same result with one more detail. */
    public HealthResult with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new HealthResult(status, reason, more, duration, checkedAt);
    }

    /** The same result of a check that took that long and ended at that time. */
    public HealthResult took(Duration time, Instant endedAt) {
        return new HealthResult(status, reason, details, time, endedAt);
    }
}
