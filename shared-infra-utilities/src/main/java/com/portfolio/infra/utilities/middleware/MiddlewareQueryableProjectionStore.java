package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;

/**
 * A projection store with queries, with middleware around its calls.
 *
 * <p>For a store that is checkpointed too make two decorators, one for those who query and one for the projector, with
 * the same chain.
 *
 * @param <T> the class of the documents
 * @see MiddlewareProjectionStore
 */
public final class MiddlewareQueryableProjectionStore<T> extends MiddlewareProjectionStore<T>
        implements QueryableProjectionStore<T> {

    private final QueryableProjectionStore<T> store;
    private final Call query = callOf("query");

    /** The store stays the caller's to close. */
    public MiddlewareQueryableProjectionStore(QueryableProjectionStore<T> store, MiddlewareChain chain) {
        this(store, chain, Call.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareQueryableProjectionStore(QueryableProjectionStore<T> store, MiddlewareChain chain, String system) {
        this(store, chain, unnamed(system));
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system     the technology of the store, such as {@code postgresql} or {@code memory}
     * @param projection the name of the projection, by which its metrics are told from those of others
     */
    public MiddlewareQueryableProjectionStore(
            QueryableProjectionStore<T> store, MiddlewareChain chain, String system, String projection) {
        this(store, chain, named(system, projection));
    }

    private MiddlewareQueryableProjectionStore(
            QueryableProjectionStore<T> store, MiddlewareChain chain, CallDraft common) {
        super(store, chain, common);
        this.store = store;
    }

    @Override
    public DocumentPage<T> query(DocumentQuery documentQuery, PageRequest page) {
        return chain().call(query, () -> store.query(documentQuery, page));
    }
}
