package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What several checks found.
 *
 * @param status the worst status of all parts, where one that is not critical counts as
 *               {@link HealthStatus#DEGRADED} at worst; {@link HealthStatus#UP} without parts
 * @param reason one sentence that names what is not up, and tells nothing else of it; empty if all is up
 * @param parts  what each check found, in the order in which they were registered
 * @param at     when the report was made
 */
public record HealthReport(HealthStatus status, Optional<String> reason, List<Part> parts, Instant at) {

    private static final int NAMED = 10;

    public HealthReport {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
        parts = List.copyOf(parts);
        Objects.requireNonNull(at, "at");
    }

    /**
     * What one check found.
     *
     * @param name     of the check
     * @param critical whether the whole is down when this part is
     * @param groups   for which questions it counts
     * @param result   what was found, after the thresholds were applied; it may stand from an earlier question
     */
    public record Part(String name, boolean critical, Set<HealthGroup> groups, HealthResult result) {

        public Part {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(groups, "groups");
            Objects.requireNonNull(result, "result");
        }

        private HealthStatus weight() {
            HealthStatus status = result.status();
            return critical || status == HealthStatus.UP ? status : HealthStatus.DEGRADED;
        }
    }

    static HealthReport of(List<Part> parts, Instant at) {
        HealthStatus worst = parts.stream().map(Part::weight).reduce(HealthStatus.UP, HealthStatus::worse);
        return new HealthReport(worst, reason(parts), parts, at);
    }

    /** What is not up, the worst first; no more of it than anybody reads. */
    private static Optional<String> reason(List<Part> parts) {
        List<Part> notUp = parts.stream()
                .filter(part -> part.result().status() != HealthStatus.UP)
                .sorted(Comparator.comparing(part -> part.result().status(), Comparator.reverseOrder()))
                .toList();
        if (notUp.isEmpty()) {
            return Optional.empty();
        }
        String named = notUp.stream()
                .limit(NAMED)
                .map(part -> part.name() + " is " + part.result().status())
                .collect(Collectors.joining(", "));
        return Optional.of(notUp.size() > NAMED ? named + ", and " + (notUp.size() - NAMED) + " more." : named + ".");
    }

    /** The same report of something that is down for another reason than its parts. */
    HealthReport downBecause(String sentence) {
        String more = reason.map(parts -> sentence + " " + parts).orElse(sentence);
        return new HealthReport(HealthStatus.DOWN, Optional.of(more), parts, at);
    }

    /** Whether the service must not be relied on; {@code false} if it is merely degraded or unknown. */
    public boolean isDown() {
        return status == HealthStatus.DOWN;
    }

    /** What the check of that name found, if it was asked. */
    public Optional<HealthResult> result(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(Part::result)
                .findFirst();
    }
}
