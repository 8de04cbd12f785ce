package com.portfolio.infra.testing.contract;

/** The registry of this project keeps its own promises. */
class HealthCheckRegistryContractTest extends HealthRegistryContract {

    @Override
    protected HealthRegistryFixture fixture() {
        return ForwardingRegistry::new;
    }
}
