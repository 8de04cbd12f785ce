package com.portfolio.infra.testing.bootstrap;

import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.testing.memory.InMemoryProjectionStore;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import java.util.Optional;

/** A store that can do no more than the smallest port. */
final class PlainProjectionStore<T> implements ProjectionStore<T> {

    private final InMemoryProjectionStore<T> store;

    PlainProjectionStore(ProjectionDefinition<T> projection) {
        this.store = new InMemoryProjectionStore<>(projection.name(), projection.type());
    }

    @Override
    public Optional<T> find(String id) {
        return store.find(id);
    }

    @Override
    public DocumentPage<T> list(PageRequest page) {
        return store.list(page);
    }

    @Override
    public void save(String id, T document) {
        store.save(id, document);
    }

    @Override
    public boolean delete(String id) {
        return store.delete(id);
    }
}
