package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A checkpointed projection store with middleware around its calls; it keeps every promise of
 * {@link CheckpointedProjectionStore}.
 *
 * <p>{@link #advance} is one call; what its writes do to the documents is part of it.
 *
 * @param <T> the class of the documents
 * @see MiddlewareVersionedProjectionStore
 */
public final class MiddlewareCheckpointedProjectionStore<T> extends MiddlewareVersionedProjectionStore<T>
        implements CheckpointedProjectionStore<T> {

    private final CheckpointedProjectionStore<T> store;
    private final Call checkpoint = callOf("checkpoint");
    private final Call advance = callOf("advance");

    /** The store stays the caller's to close. */
    public MiddlewareCheckpointedProjectionStore(CheckpointedProjectionStore<T> store, MiddlewareChain chain) {
        this(store, chain, Call.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareCheckpointedProjectionStore(
            CheckpointedProjectionStore<T> store, MiddlewareChain chain, String system) {
        this(store, chain, unnamed(system));
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system     the technology of the store, such as {@code postgresql} or {@code memory}
     * @param projection the name of the projection, by which its metrics are told from those of others
     */
    public MiddlewareCheckpointedProjectionStore(
            CheckpointedProjectionStore<T> store, MiddlewareChain chain, String system, String projection) {
        this(store, chain, named(system, projection));
    }

    private MiddlewareCheckpointedProjectionStore(
            CheckpointedProjectionStore<T> store, MiddlewareChain chain, CallDraft common) {
        super(store, chain, common);
        this.store = store;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return chain().call(checkpoint, store::checkpoint);
    }

    @Override
    public void advance(Optional<Checkpoint> from, Checkpoint to, Consumer<VersionedProjectionStore<T>> writes) {
        chain().run(advance, () -> store.advance(from, to, writes));
    }
}
