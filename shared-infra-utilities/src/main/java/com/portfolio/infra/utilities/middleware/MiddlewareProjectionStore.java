package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A projection store with middleware around its calls; it keeps every promise of {@link ProjectionStore}. Thread-safe if
 * the store is.
 *
 * @param <T> the class of the documents
 */
public sealed class MiddlewareProjectionStore<T> implements ProjectionStore<T>
        permits MiddlewareQueryableProjectionStore, MiddlewareVersionedProjectionStore {

    private final ProjectionStore<T> store;
    private final MiddlewareChain chain;
    private final Call common;
    private final Call find;
    private final Call list;
    private final Call save;
    private final Call delete;

    /** The store stays the caller's to close. */
    public MiddlewareProjectionStore(ProjectionStore<T> store, MiddlewareChain chain) {
        this(store, chain, Call.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareProjectionStore(ProjectionStore<T> store, MiddlewareChain chain, String system) {
        this(store, chain, unnamed(system));
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system     the technology of the store, such as {@code postgresql} or {@code memory}
     * @param projection the name of the projection, by which its metrics are told from those of others
     */
    public MiddlewareProjectionStore(
            ProjectionStore<T> store, MiddlewareChain chain, String system, String projection) {
        this(store, chain, named(system, projection));
    }

    MiddlewareProjectionStore(ProjectionStore<T> store, MiddlewareChain chain, CallDraft common) {
        this.store = Objects.requireNonNull(store, "store");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.common = common.done();
        this.find = callOf("find");
        this.list = callOf("list");
        this.save = callOf("save");
        this.delete = callOf("delete");
    }

    static CallDraft unnamed(String system) {
        return new CallDraft(CallKind.PROJECTION_STORE, Call.UNKNOWN).system(system);
    }

    static CallDraft named(String system, String projection) {
        return unnamed(system).attribute(SemanticNames.DB_COLLECTION_NAME, projection);
    }

    @Override
    public final Optional<T> find(String id) {
        return about(find, id, null, () -> store.find(id));
    }

    @Override
    public final DocumentPage<T> list(PageRequest page) {
        return chain.call(list, () -> store.list(page));
    }

    @Override
    public final void save(String id, T document) {
        this.<Boolean>about(save, id, document, () -> {
            store.save(id, document);
            return true;
        });
    }

    @Override
    public final boolean delete(String id) {
        return about(delete, id, null, () -> store.delete(id));
    }

    final MiddlewareChain chain() {
        return chain;
    }

    final Call callOf(String operation) {
        return common.edit(operation).done();
    }

    /** A call about one document. What is wrong with an id is the store's to say. */
    final <R> R about(Call call, String id, @Nullable Object document, CallBody<R, RuntimeException> body) {
        if (chain.isEmpty()) {
            return body.call();
        }
        CallDraft about = call.edit().detail(SemanticNames.DOCUMENT_ID, String.valueOf(id));
        return chain.call((document == null ? about : about.payload(document)).done(), body);
    }
}
