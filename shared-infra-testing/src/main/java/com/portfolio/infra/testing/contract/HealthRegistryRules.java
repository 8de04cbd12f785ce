package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.utilities.health.HealthCheckSettings;
import com.portfolio.infra.utilities.health.HealthReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;

/** What the topics of the health kit share: one registry a test, and a clock. */
@DisplayNameGeneration(RuleNames.class)
abstract class HealthRegistryRules {

    static final String NOON = "2026-01-31T12:00:00Z";

    /** Every question begins a run; nothing is waited for but the check; one failure brings a part down. */
    static final HealthCheckSettings ANEW = HealthCheckSettings.defaults()
            .timeout(Duration.ofMinutes(5))
            .interval(Duration.ZERO)
            .downInterval(Duration.ZERO)
            .failureThreshold(1);

    final TestClock clock = TestClock.at(NOON);
    private HealthRegistryFixture.@Nullable Registry opened;

    /** What the tests run on. */
    protected abstract HealthRegistryFixture fixture();

    final HealthRegistryFixture.Registry registry() {
        if (opened == null) {
            opened = fixture().open(clock);
        }
        return opened;
    }

    @AfterEach
    final void closeTheRegistry() {
        if (opened != null) {
            opened.close();
        }
    }

    final void register(String name, HealthCheck check) {
        registry().register(name, check, ANEW);
    }

    final HealthResult found(String name) {
        return result(registry().checkAll(), name);
    }

    static HealthResult result(HealthReport report, String name) {
        return report.result(name)
                .orElseThrow(() -> new AssertionError("The report has no check '" + name + "': " + report));
    }

    final Eventually eventually() {
        return Eventually.within(fixture().patience());
    }
}
