package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports of which every character is known. */
final class SampleReports {

    static final Instant AT = Instant.parse("2026-01-31T12:00:08.5Z");

    private SampleReports() {}

    static HealthReport.Part part(String name, boolean critical, HealthResult result) {
        return new HealthReport.Part(
                name,
                critical,
                Set.of(HealthGroup.READINESS),
                result.took(Duration.ofNanos(12_345_678), Instant.parse("2026-01-31T12:00:00.123456789Z")));
    }

    static HealthReport of(HealthReport.Part... parts) {
        return HealthReport.of(List.of(parts), AT);
    }

    static HealthReport of(HealthResult result) {
        return of(part("only", true, result));
    }

    static HealthReport mixed() {
        Map<String, Object> pool = new LinkedHashMap<>();
        pool.put("active", 3);
        pool.put("waiting", 0L);
        HealthResult down = HealthResult.down("The database does not answer.")
                .with("pool", pool)
                .with("open", List.of(Map.of("backend", 4711), Map.of("backend", 4712)))
                .with("tags", List.of("a", "b"))
                .with("ratio", 0.5)
                .with("fits", true);
        HealthResult unknown = new HealthResult(
                HealthStatus.UNKNOWN, Optional.of("Not called yet."), Map.of(), Duration.ZERO, Instant.EPOCH);
        return of(part("bus", true, HealthResult.up()), part("cache", false, unknown), part("database", true, down));
    }
}
