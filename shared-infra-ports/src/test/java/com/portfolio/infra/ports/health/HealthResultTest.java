package com.portfolio.infra.ports.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthResultTest {

    @Test
    void theWorseOfTwoStatusesIsTheLaterInTheOrderFromUpToDown() {
        assertThat(HealthStatus.UP.worse(HealthStatus.DEGRADED)).isEqualTo(HealthStatus.DEGRADED);
        assertThat(HealthStatus.DOWN.worse(HealthStatus.UP)).isEqualTo(HealthStatus.DOWN);
        assertThat(HealthStatus.UNKNOWN.worse(HealthStatus.DEGRADED)).isEqualTo(HealthStatus.UNKNOWN);
    }

    @Test
    void detailsKeepTheirOrderAndAResultItsReason() {
        HealthResult result =
                HealthResult.down("refused").with("z", 1).with("a", 2).took(Duration.ofMillis(3), Instant.EPOCH);

        assertThat(result.status()).isEqualTo(HealthStatus.DOWN);
        assertThat(result.reason()).contains("refused");
        assertThat(result.details().keySet()).containsExactly("z", "a");
        assertThat(result.duration()).isEqualTo(Duration.ofMillis(3));
        assertThat(HealthResult.up().reason()).isEmpty();
    }
}
