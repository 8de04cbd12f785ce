package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import java.util.Objects;
import java.util.Optional;

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
    private final String system;
    private final Call find;
    private final Call list;
    private final Call save;
    private final Call delete;

    /** The store stays the caller's to close. */
    public MiddlewareProjectionStore(ProjectionStore<T> store, MiddlewareChain chain) {
        this(store, chain, Systems.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareProjectionStore(ProjectionStore<T> store, MiddlewareChain chain, String system) {
        this.store = Objects.requireNonNull(store, "store");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.system = Objects.requireNonNull(system, "system");
        this.find = callOf("find");
        this.list = callOf("list");
        this.save = callOf("save");
        this.delete = callOf("delete");
    }

    @Override
    public final Optional<T> find(String id) {
        return chain.isEmpty() ? store.find(id) : chain.call(with(find, id), () -> store.find(id));
    }

    @Override
    public final DocumentPage<T> list(PageRequest page) {
        return chain.call(list, () -> store.list(page));
    }

    @Override
    public final void save(String id, T document) {
        if (chain.isEmpty()) {
            store.save(id, document);
        } else {
            chain.run(with(save, id, document), () -> store.save(id, document));
        }
    }

    @Override
    public final boolean delete(String id) {
        return chain.isEmpty() ? store.delete(id) : chain.call(with(delete, id), () -> store.delete(id));
    }

    final MiddlewareChain chain() {
        return chain;
    }

    final Call callOf(String operation) {
        return Call.of(CallKind.PROJECTION_STORE, operation).system(system);
    }

    /** What is wrong with an id is the store's to say. */
    static Call with(Call call, String id) {
        return call.detail(SemanticNames.DOCUMENT_ID, String.valueOf(id));
    }

    static Call with(Call call, String id, Object document) {
        Call withId = with(call, id);
        return document == null ? withId : withId.payload(document);
    }
}
