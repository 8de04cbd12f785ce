package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import java.util.Optional;

/**
 * A versioned projection store whose calls are repeated and protected; it keeps every promise of
 * {@link VersionedProjectionStore}.
 *
 * <p>Saving and deleting with an expected version is repeated with the same version. If a repetition meets another one,
 * nobody can tell whether the document was changed by somebody else or by an earlier attempt of the same call whose
 * answer was lost: not even an equal document proves it, as two writers may write the same. So the outcome is told as
 * unknown, by a {@link ProjectionStoreUnavailableException} that has the {@link WrongDocumentVersionException} as its
 * cause; {@link #findVersioned} tells what is there. A wrong version at the first attempt is told as such.
 *
 * @param <T> the class of the documents
 * @see ResilientProjectionStore
 */
public sealed class ResilientVersionedProjectionStore<T> extends ResilientProjectionStore<T>
        implements VersionedProjectionStore<T> permits ResilientCheckpointedProjectionStore {

    private final VersionedProjectionStore<T> store;

    /** The store stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientVersionedProjectionStore(VersionedProjectionStore<T> store, Resilience resilience) {
        super(store, resilience);
        this.store = store;
    }

    @Override
    public final Optional<VersionedDocument<T>> findVersioned(String id) {
        return call("find document '" + id + "'", () -> store.findVersioned(id));
    }

    @Override
    public final long save(String id, T document, long expectedVersion) {
        return change("save document '" + id + "'", () -> store.save(id, document, expectedVersion));
    }

    @Override
    public final void delete(String id, long expectedVersion) {
        change("delete document '" + id + "'", () -> {
            store.delete(id, expectedVersion);
            return id;
        });
    }

    private <R> R change(String what, ResilientCall<R, RuntimeException> change) {
        Repetition attempts = new Repetition();
        try {
            return call(what, () -> {
                attempts.begin();
                return change.call();
            });
        } catch (WrongDocumentVersionException e) {
            if (attempts.isFirst()) {
                throw e;
            }
            throw new ProjectionStoreUnavailableException(
                    "Could not " + what
                            + " at the first attempt, whose answer was lost, and the next one found version "
                            + e.actual() + " instead of " + e.expected()
                            + "; it is unknown whether the first one came through.",
                    e);
        }
    }
}
