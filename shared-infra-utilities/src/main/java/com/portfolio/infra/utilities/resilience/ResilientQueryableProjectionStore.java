package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;

/**
 * A projection store with queries, whose calls are repeated and protected.
 *
 * <p>For a store that is checkpointed too make two decorators, one for those who query and one for the projector, with
 * the same resilience.
 *
 * @param <T> the class of the documents
 * @see ResilientProjectionStore
 */
public final class ResilientQueryableProjectionStore<T> extends ResilientProjectionStore<T>
        implements QueryableProjectionStore<T> {

    private final QueryableProjectionStore<T> store;

    /** The store stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientQueryableProjectionStore(QueryableProjectionStore<T> store, Resilience resilience) {
        super(store, resilience);
        this.store = store;
    }

    @Override
    public DocumentPage<T> query(DocumentQuery query, PageRequest page) {
        return call("query documents", () -> store.query(query, page));
    }
}
