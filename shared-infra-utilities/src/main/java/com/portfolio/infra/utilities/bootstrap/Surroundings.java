package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.schema.SchemaRegistry;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareEventLog;
import com.portfolio.infra.utilities.middleware.MiddlewareEventStore;
import com.portfolio.infra.utilities.middleware.MiddlewareMessagePublisher;
import com.portfolio.infra.utilities.middleware.MiddlewareMessageSubscriber;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventLog;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.portfolio.infra.utilities.resilience.ResilientMessagePublisher;

/**
 * Puts middleware, and inside of it resilience, around adapters, and has their dependencies looked at.
 *
 * @param resiliences one for each dependency
 * @param middleware  one chain for all
 * @param health      has a check of each dependency
 */
record Surroundings(Resiliences resiliences, MiddlewareChain middleware, HealthParts health) {

    private Resilience resilience(Dependency dependency) {
        Resilience resilience = resiliences.of(dependency);
        health.add(dependency, resilience);
        return resilience;
    }

    EventStore store(EventStoreAdapter adapter) {
        Resilience resilience = resilience(adapter.dependency());
        EventStore store = new ResilientEventStore(adapter.store(), resilience);
        return new MiddlewareEventStore(store, middleware, adapter.dependency().system());
    }

    /** Subscriptions go on by themselves after a failure, so that reading is not repeated. */
    EventLog log(EventStoreAdapter adapter) {
        Resilience resilience = resilience(adapter.dependency());
        return new MiddlewareEventLog(
                new ResilientEventLog(adapter.log(), resilience.once()),
                middleware,
                adapter.dependency().system());
    }

    ProjectionStores projections(ProjectionStoreAdapter adapter, String provider) {
        return new ProjectionStores(adapter, provider, resilience(adapter.dependency()), middleware);
    }

    /** Nothing stands around a registry, whose results are kept by those who ask. */
    SchemaRegistry registry(SchemaRegistryAdapter adapter) {
        health.add(adapter.dependency());
        return adapter.registry();
    }

    MessageBus bus(MessageBusAdapter adapter) {
        Resilience resilience = resilience(adapter.dependency());
        String system = adapter.dependency().system();
        MessagePublisher publisher = new ResilientMessagePublisher(
                adapter.bus(), adapter.repeatsPublishes() ? resilience.once() : resilience);
        return new DecoratedBus(
                adapter.bus(),
                new MiddlewareMessagePublisher(publisher, middleware, system),
                new MiddlewareMessageSubscriber(adapter.bus(), middleware, system));
    }
}
