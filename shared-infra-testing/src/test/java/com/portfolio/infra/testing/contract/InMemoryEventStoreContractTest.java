package com.portfolio.infra.testing.contract;

class InMemoryEventStoreContractTest extends EventStoreContract {

    private static final InMemoryFixture FIXTURE = new InMemoryFixture();

    @Override
    protected EventStoreFixture fixture() {
        return FIXTURE;
    }
}
