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
        this(store, chain, Call.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareVersionedProjectionStore(VersionedProjectionStore<T> store, MiddlewareChain chain, String system) {
        this(store, chain, unnamed(system));
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system     the technology of the store, such as {@code postgresql} or {@code memory}
     * @param projection the name of the projection, by which its metrics are told from those of others
     */
    public MiddlewareVersionedProjectionStore(
            VersionedProjectionStore<T> store, MiddlewareChain chain, String system, String projection) {
        this(store, chain, named(system, projection));
    }

    MiddlewareVersionedProjectionStore(VersionedProjectionStore<T> store, MiddlewareChain chain, CallDraft common) {
        super(store, chain, common);
        this.store = store;
    }

    @Override
    public final Optional<VersionedDocument<T>> findVersioned(String id) {
        return about(find, id, null, () -> store.findVersioned(id));
    }

    @Override
    public final long save(String id, T document, long expectedVersion) {
        return about(save, id, document, () -> store.save(id, document, expectedVersion));
    }

    @Override
    public final void delete(String id, long expectedVersion) {
        this.<Boolean>about(delete, id, null, () -> {
            store.delete(id, expectedVersion);
            return true;
        });
    }
}
