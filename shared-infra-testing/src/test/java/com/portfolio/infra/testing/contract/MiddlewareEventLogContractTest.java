package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;

class MiddlewareEventLogContractTest extends EventLogContract {

    private static final MiddlewareFixture FIXTURE = new MiddlewareFixture(true);

    @Override
    protected EventStoreFixture fixture() {
        return FIXTURE;
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
        assertThat(MiddlewareFixture.METERS.get("db.client.operation.duration").timers())
                .as("the chain was really there")
                .isNotEmpty();
    }
}
