package com.portfolio.infra.testing.contract;

import org.junit.jupiter.api.AfterAll;

class MiddlewareEventStoreContractTest extends EventStoreContract {

    private static final MiddlewareFixture FIXTURE = new MiddlewareFixture();

    @Override
    protected EventStoreFixture fixture() {
        return FIXTURE;
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }
}
