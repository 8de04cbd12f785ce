package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import java.util.Optional;

/**
 * A versioned projection store with middleware around its calls; it keeps every promise of
 * {@link VersionedProjectionStore}.
 *
 * @param <T> the class of the documents
 * @see MiddlewareProjectionStore
 */
public sealed class MiddlewareVersionedProjectionStore<T> extends MiddlewareProjectionStore<T>
        implements VersionedProjectionStore<T> permits MiddlewareCheckpointedProjectionStore {

    private final VersionedProjectionStore<T> store;
    private final Call find = callOf("find_versioned");
    private final Call save = callOf("save_versioned");
    private final Call delete = callOf("delete_versioned");

    /** The store stays the caller's to close. */
    public MiddlewareVersionedProjectionStore(VersionedProjectionStore<T> store, MiddlewareChain chain) {
        this(store, chain, Systems.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareVersionedProjectionStore(VersionedProjectionStore<T> store, MiddlewareChain chain, String system) {
        super(store, chain, system);
        this.store = store;
    }

    @Override
    public final Optional<VersionedDocument<T>> findVersioned(String id) {
        return chain().isEmpty()
                ? store.findVersioned(id)
                : chain().call(with(find, id), () -> store.findVersioned(id));
    }

    @Override
    public final long save(String id, T document, long expectedVersion) {
        return chain().isEmpty()
                ? store.save(id, document, expectedVersion)
                : chain().call(with(save, id, document), () -> store.save(id, document, expectedVersion));
    }

    @Override
    public final void delete(String id, long expectedVersion) {
        if (chain().isEmpty()) {
            store.delete(id, expectedVersion);
        } else {
            chain().run(with(delete, id), () -> store.delete(id, expectedVersion));
        }
    }
}
