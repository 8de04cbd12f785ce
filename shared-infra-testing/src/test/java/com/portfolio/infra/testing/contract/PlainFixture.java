package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;

/** The doubles for events, without what a fixture need not be able to do. */
final class PlainFixture implements EventStoreFixture {

    private final InMemoryFixture able = new InMemoryFixture();

    @Override
    public EventStore store() {
        return able.store();
    }

    @Override
    public EventStore storeWith(EventCodec codec) {
        return able.storeWith(codec);
    }

    @Override
    public EventLog log() {
        return able.log();
    }

    @Override
    public StreamOperator operator() {
        return able.operator();
    }
}
