package com.portfolio.infra.testing.contract;

import org.junit.jupiter.api.AfterAll;

class ResilientEventStoreContractTest extends EventStoreContract {

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
