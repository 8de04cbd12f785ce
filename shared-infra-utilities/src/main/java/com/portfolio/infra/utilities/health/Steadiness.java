package com.portfolio.infra.utilities.health;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.util.Optional;

/**
 * What results in a row mean: one failure does not bring a part down that worked before, nor one success back. The
 * first result counts at once. Not thread-safe.
 */
final class Steadiness {

    private final int failureThreshold;
    private final int successThreshold;

    private boolean begun;
    private boolean down;
    private int failures;
    private int successes;

    Steadiness(int failureThreshold, int successThreshold) {
        this.failureThreshold = failureThreshold;
        this.successThreshold = successThreshold;
    }

    /** The result that counts, after one was found. */
    HealthResult after(HealthResult found) {
        HealthResult counts = found.status() == HealthStatus.DOWN ? afterFailure(found) : afterSuccess(found);
        begun = true;
        return counts;
    }

    private HealthResult afterFailure(HealthResult found) {
        successes = 0;
        failures = Math.min(failures + 1, failureThreshold);
        if (!begun || failures >= failureThreshold) {
            down = true;
        }
        return down ? found : as(HealthStatus.DEGRADED, found, "Failure " + failures + " of " + failureThreshold);
    }

    private HealthResult afterSuccess(HealthResult found) {
        failures = 0;
        successes = Math.min(successes + 1, successThreshold);
        if (!begun || successes >= successThreshold) {
            down = false;
        }
        return down
                ? as(HealthStatus.DOWN, found, "It was down; success " + successes + " of " + successThreshold)
                : found;
    }

    private static HealthResult as(HealthStatus status, HealthResult found, String count) {
        String reason = found.reason().map(text -> text + " ").orElse("") + count + " in a row.";
        return new HealthResult(status, Optional.of(reason), found.details(), found.duration(), found.checkedAt());
    }
}
