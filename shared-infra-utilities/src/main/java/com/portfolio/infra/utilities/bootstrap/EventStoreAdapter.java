package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import java.util.Objects;

/**
 * An event store that was opened.
 *
 * @param store          the store
 * @param log            its events in global order
 * @param dependency     what both talk to
 * @param repeatsAppends whether the store itself repeats an append that failed for a passing reason, so that nobody
 *                       else must
 */
public record EventStoreAdapter(EventStore store, EventLog log, Dependency dependency, boolean repeatsAppends) {

    public EventStoreAdapter {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(dependency, "dependency");
    }
}
