package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A checkpointed projection store whose calls are repeated and protected; it keeps every promise of
 * {@link CheckpointedProjectionStore}.
 *
 * <p>{@link #advance} is not repeated and has no time limit, as its writes are called once and by the caller's thread;
 * breaker and bulkhead stand around it. Whoever follows the log gets the events again after a failure.
 *
 * @param <T> the class of the documents
 * @see ResilientVersionedProjectionStore
 */
public final class ResilientCheckpointedProjectionStore<T> extends ResilientVersionedProjectionStore<T>
        implements CheckpointedProjectionStore<T> {

    private final CheckpointedProjectionStore<T> store;

    /** The store stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientCheckpointedProjectionStore(CheckpointedProjectionStore<T> store, Resilience resilience) {
        super(store, resilience);
        this.store = store;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return call("find the checkpoint", store::checkpoint);
    }

    @Override
    public void advance(Optional<Checkpoint> from, Checkpoint to, Consumer<VersionedProjectionStore<T>> writes) {
        callOnceInPlace("move the checkpoint", () -> {
            store.advance(from, to, writes);
            return to;
        });
    }
}
