package com.portfolio.infra.testing.contract;

class InMemoryMessageBusContractTest extends MessageBusContract {

    @Override
    protected MessageBusFixture fixture() {
        return new InMemoryBusFixture();
    }
}
