package com.portfolio.infra.testing.contract;

class InMemoryEventLogContractTest extends EventLogContract {

    private static final InMemoryFixture FIXTURE = new InMemoryFixture();

    @Override
    protected EventStoreFixture fixture() {
        return FIXTURE;
    }
}
