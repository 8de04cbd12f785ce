package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventLog;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;

/** The doubles for events, with the whole chain around them. */
final class MiddlewareFixture extends InMemoryFixture {

    static final MiddlewareChain CHAIN = MiddlewareChain.of(
            TracingMiddleware.create(),
            new MetricsMiddleware(),
            LoggingMiddleware.create(),
            ErrorHandlingMiddleware.create());

    @Override
    public EventStore store() {
        return new MiddlewareEventStore(super.store(), CHAIN);
    }

    @Override
    public EventStore storeWith(EventCodec codec) {
        return new MiddlewareEventStore(super.storeWith(codec), CHAIN);
    }

    @Override
    public EventLog log() {
        return new MiddlewareEventLog(super.log(), CHAIN);
    }
}
