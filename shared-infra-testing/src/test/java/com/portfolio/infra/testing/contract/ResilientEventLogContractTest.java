package com.portfolio.infra.testing.contract;

import org.junit.jupiter.api.AfterAll;

class ResilientEventLogContractTest extends EventLogContract {

    private static final ResilientFixture FIXTURE = new ResilientFixture();

    @Override
    protected EventStoreFixture fixture() {
        return FIXTURE;
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }
}
