package com.portfolio.infra.testing.contract;

import org.junit.jupiter.api.Nested;

/**
 * Everything that a registry of health checks promises.
 *
 * <p>{@link com.portfolio.infra.utilities.health.HealthCheckRegistry} keeps it. The kit is for who puts another one in
 * its place, such as one over the health checks of a framework.
 */
public abstract class HealthRegistryContract {

    /** What the tests run on. */
    protected abstract HealthRegistryFixture fixture();

    /** See {@link HealthRunningContract}. */
    @Nested
    class Running extends HealthRunningContract {

        @Override
        protected HealthRegistryFixture fixture() {
            return HealthRegistryContract.this.fixture();
        }
    }

    /** See {@link HealthResultsContract}. */
    @Nested
    class Results extends HealthResultsContract {

        @Override
        protected HealthRegistryFixture fixture() {
            return HealthRegistryContract.this.fixture();
        }
    }

    /** See {@link HealthJudgementContract}. */
    @Nested
    class Judgement extends HealthJudgementContract {

        @Override
        protected HealthRegistryFixture fixture() {
            return HealthRegistryContract.this.fixture();
        }
    }

    /** See {@link HealthEndpointContract}. */
    @Nested
    class Endpoint extends HealthEndpointContract {

        @Override
        protected HealthRegistryFixture fixture() {
            return HealthRegistryContract.this.fixture();
        }
    }
}
