package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.utilities.middleware.Call;
import com.portfolio.infra.utilities.middleware.CallKind;
import com.portfolio.infra.utilities.middleware.CallObservationConvention;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.LoggingMiddleware;
import com.portfolio.infra.utilities.middleware.MetricsMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventLog;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.TracingMiddleware;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;

/** The doubles for events, with the whole chain around them and a registry that measures. */
final class MiddlewareFixture extends InMemoryFixture {

    static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    private static final Call TASK = Call.of(CallKind.TASK, "kit");

    static final MiddlewareChain CHAIN = MiddlewareChain.of(
            TracingMiddleware.create(),
            new MetricsMiddleware(measuring(), CallObservationConvention.withSameTagsAlways()),
            LoggingMiddleware.create(),
            ErrorHandlingMiddleware.create());

    private final boolean inATask;

    /**
     * @param inATask whether each call of the store is a part of a task, so that what is appended is in a trace and has
     *                it among its metadata. Kits that compare all metadata are for calls outside of one
     */
    MiddlewareFixture(boolean inATask) {
        this.inATask = inATask;
    }

    private static ObservationRegistry measuring() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(METERS));
        return registry;
    }

    @Override
    public EventStore store() {
        return around(new MiddlewareEventStore(super.store(), CHAIN, "memory"));
    }

    @Override
    public EventStore storeWith(EventCodec codec) {
        return around(new MiddlewareEventStore(super.storeWith(codec), CHAIN, "memory"));
    }

    @Override
    public EventLog log() {
        return new MiddlewareEventLog(super.log(), CHAIN, "memory");
    }

    private EventStore around(EventStore store) {
        if (!inATask) {
            return store;
        }
        return new EventStore() {
            @Override
            public AppendResult append(AppendRequest request) {
                return CHAIN.call(TASK, () -> store.append(request));
            }

            @Override
            public StreamPage read(StreamQuery query) {
                return CHAIN.call(TASK, () -> store.read(query));
            }
        };
    }
}
