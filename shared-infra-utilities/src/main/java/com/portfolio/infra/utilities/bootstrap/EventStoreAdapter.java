package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import java.util.Objects;

/**
 * An event store that was opened.
 *
 * @param store      the store; it finds out by itself what became of an append whose connection broke
 * @param log        its events in global order
 * @param dependency what both talk to
 */
public record EventStoreAdapter(EventStore store, EventLog log, Dependency dependency) {

    public EventStoreAdapter {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(dependency, "dependency");
    }
}
