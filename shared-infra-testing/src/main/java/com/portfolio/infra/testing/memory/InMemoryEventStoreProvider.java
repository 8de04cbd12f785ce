package com.portfolio.infra.testing.memory;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.EventStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.EventStoreProvider;
import java.util.Set;

/**
 * What {@code EVENT_STORE_PROVIDER=memory} names: a store that is empty at first, and gone at the end. A test has it,
 * and its log, by {@code infrastructure.shared(InMemoryEventStore.class)} and {@code InMemoryEventLog}, or hands over
 * one of its own.
 */
public final class InMemoryEventStoreProvider implements EventStoreProvider {

    @Override
    public Set<String> names() {
        return MemoryParts.NAMES;
    }

    @Override
    public EventStoreAdapter open(AdapterContext context) {
        InMemoryEventStore store = context.shared(
                InMemoryEventStore.class, () -> new InMemoryEventStore(context.codec(), context.clock()));
        InMemoryEventLog log = context.shared(InMemoryEventLog.class, () -> new InMemoryEventLog(store));
        return new EventStoreAdapter(store, log, MemoryParts.of(context).stores());
    }
}
