package com.portfolio.infra.utilities.health;

import static com.portfolio.infra.ports.health.HealthStatus.DEGRADED;
import static com.portfolio.infra.ports.health.HealthStatus.DOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UNKNOWN;
import static com.portfolio.infra.ports.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SteadinessTest {

    private static HealthResult found(HealthStatus status) {
        Optional<String> reason = status == UP ? Optional.empty() : Optional.of("So it is.");
        return new HealthResult(status, reason, Map.of("a", 1), Duration.ofMillis(3), Instant.EPOCH);
    }

    private static List<HealthStatus> counted(int failures, int successes, HealthStatus... found) {
        Steadiness steadiness = new Steadiness(failures, successes);
        return Arrays.stream(found)
                .map(SteadinessTest::found)
                .map(steadiness::after)
                .map(HealthResult::status)
                .toList();
    }

    @Test
    void theFirstResultCountsAtOnce() {
        assertThat(counted(3, 3, DOWN)).containsExactly(DOWN);
        assertThat(counted(3, 3, UP)).containsExactly(UP);
        assertThat(counted(3, 3, UNKNOWN)).containsExactly(UNKNOWN);
    }

    @Test
    void onlyFailuresInARowBringAPartDown() {
        assertThat(counted(3, 1, UP, DOWN, DOWN, DOWN, DOWN)).containsExactly(UP, DEGRADED, DEGRADED, DOWN, DOWN);
        assertThat(counted(3, 1, UP, DOWN, DOWN, UP, DOWN, DOWN, DEGRADED, DOWN))
                .containsExactly(UP, DEGRADED, DEGRADED, UP, DEGRADED, DEGRADED, DEGRADED, DEGRADED);
        assertThat(counted(1, 1, UP, DOWN, UP)).containsExactly(UP, DOWN, UP);
    }

    @Test
    void onlySuccessesInARowBringAPartBack() {
        assertThat(counted(1, 2, DOWN, UP, UP)).containsExactly(DOWN, DOWN, UP);
        assertThat(counted(1, 2, DOWN, UP, DOWN, UP, UNKNOWN)).containsExactly(DOWN, DOWN, DOWN, DOWN, UNKNOWN);
        assertThat(counted(3, 2, DOWN, UP, DEGRADED, DOWN)).containsExactly(DOWN, DOWN, DEGRADED, DEGRADED);
    }

    @Test
    void aFailureAfterOneSuccessOfSeveralLeavesItDown() {
        assertThat(counted(3, 2, DOWN, UP, DOWN, UP, UP, DOWN)).containsExactly(DOWN, DOWN, DOWN, DOWN, UP, DEGRADED);
    }

    @Test
    void theReasonSaysHowOften() {
        Steadiness steadiness = new Steadiness(3, 2);
        steadiness.after(found(UP));

        assertThat(steadiness.after(found(DOWN)).reason()).contains("So it is. Failure 1 of 3 in a row.");
        assertThat(steadiness.after(found(DOWN)).reason()).contains("So it is. Failure 2 of 3 in a row.");
        assertThat(steadiness.after(found(DOWN)).reason()).contains("So it is.");
        HealthResult better = steadiness.after(found(UP));
        assertThat(better.reason()).contains("It was down; success 1 of 2 in a row.");
        assertThat(better.details()).containsEntry("a", 1);
        assertThat(better.duration()).hasMillis(3);
    }
}
