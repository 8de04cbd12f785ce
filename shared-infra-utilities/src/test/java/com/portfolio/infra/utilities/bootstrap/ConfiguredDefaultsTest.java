package com.portfolio.infra.utilities.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.resilience.CallWindow;
import com.portfolio.infra.utilities.resilience.CircuitBreakerPolicy;
import com.portfolio.infra.utilities.resilience.RetryBudget;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A configuration that says nothing leaves the defaults of what is configured, and what it says arrives. */
class ConfiguredDefaultsTest {

    private static InfrastructureConfig config(Map<String, String> environment) {
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(Map.of())
                .load();
    }

    @Test
    void theDefaultsOfVariablesAreThoseOfThePolicies() {
        InfrastructureConfig nothing = config(Map.of());
        assertThat(Resiliences.retry(nothing.resilience())).isEqualTo(RetryPolicy.defaults());
        assertThat(Resiliences.circuitBreaker(nothing.resilience())).isEqualTo(CircuitBreakerPolicy.defaults());
        assertThat(HealthParts.settings(nothing.health())).isEqualTo(HealthCheckSettings.defaults());
    }

    @Test
    void everyVariableOfThePoliciesArrives() {
        InfrastructureConfig config = config(Map.ofEntries(
                Map.entry("RETRY_MAX_ATTEMPTS", "7"),
                Map.entry("RETRY_BASE_DELAY", "11ms"),
                Map.entry("RETRY_MAX_DELAY", "12s"),
                Map.entry("RETRY_DEADLINE", "13s"),
                Map.entry("RETRY_BUDGET_PERCENT", "14"),
                Map.entry("RETRY_BUDGET_PER_SECOND", "15"),
                Map.entry("CIRCUIT_BREAKER_WINDOW", "60"),
                Map.entry("CIRCUIT_BREAKER_MIN_CALLS", "17"),
                Map.entry("CIRCUIT_BREAKER_FAILURE_PERCENT", "18"),
                Map.entry("CIRCUIT_BREAKER_SLOW_CALL", "19s"),
                Map.entry("CIRCUIT_BREAKER_SLOW_PERCENT", "20"),
                Map.entry("CIRCUIT_BREAKER_OPEN_TIME", "21s"),
                Map.entry("CIRCUIT_BREAKER_HALF_OPEN_CALLS", "22"),
                Map.entry("CIRCUIT_BREAKER_HALF_OPEN_TIME", "23s"),
                Map.entry("HEALTH_TIMEOUT", "24s"),
                Map.entry("HEALTH_INTERVAL", "25s"),
                Map.entry("HEALTH_DOWN_INTERVAL", "26s"),
                Map.entry("HEALTH_RETRIES", "27"),
                Map.entry("HEALTH_SUCCESS_THRESHOLD", "28")));
        assertThat(Resiliences.retry(config.resilience()))
                .isEqualTo(new RetryPolicy(
                        7,
                        Duration.ofMillis(11),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(13),
                        new RetryBudget(0.14, 15)));
        assertThat(Resiliences.circuitBreaker(config.resilience()))
                .isEqualTo(new CircuitBreakerPolicy(
                        CallWindow.ofCalls(60),
                        17,
                        0.18,
                        Duration.ofSeconds(19),
                        0.2,
                        Duration.ofSeconds(21),
                        22,
                        Duration.ofSeconds(23)));
        assertThat(HealthParts.settings(config.health()))
                .isEqualTo(HealthCheckSettings.defaults()
                        .timeout(Duration.ofSeconds(24))
                        .interval(Duration.ofSeconds(25))
                        .downInterval(Duration.ofSeconds(26))
                        .failureThreshold(27)
                        .successThreshold(28));
    }
}
