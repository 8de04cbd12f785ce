package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;

/** A store that repeats appends by itself, so that here reads alone are repeated. */
final class AppendingOnce implements EventStore {

    private final EventStore appends;
    private final EventStore reads;

    AppendingOnce(EventStore store, Resilience resilience) {
        this.appends = new ResilientEventStore(store, resilience.once());
        this.reads = new ResilientEventStore(store, resilience);
    }

    @Override
    public AppendResult append(AppendRequest request) {
        return appends.append(request);
    }

    @Override
    public StreamPage read(StreamQuery query) {
        return reads.read(query);
    }
}
