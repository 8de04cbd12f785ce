package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import java.util.Objects;
import java.util.Optional;

/**
 * A projection store whose calls are repeated and protected; it keeps every promise of {@link ProjectionStore}.
 *
 * <p>Saving and deleting are repeated, as the port says that doing it again leaves what was meant to be there. Two
 * things follow. The answer of {@link #delete(String)} is that of the last attempt: {@code false} may mean that an
 * earlier one, whose answer was lost, deleted the document. And with a time limit a save that was given up may arrive
 * late, over a newer one: writers that may meet need versions ({@link ResilientVersionedProjectionStore}).
 *
 * <p>What the breaker or the bulkhead refuses, and what takes too long, is a
 * {@link ProjectionStoreUnavailableException}. Thread-safe if the store is.
 *
 * @param <T> the class of the documents
 */
public sealed class ResilientProjectionStore<T> implements ProjectionStore<T>
        permits ResilientQueryableProjectionStore, ResilientVersionedProjectionStore {

    private final ProjectionStore<T> store;
    private final Resilience resilience;

    /** The store stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientProjectionStore(ProjectionStore<T> store, Resilience resilience) {
        this.store = Objects.requireNonNull(store, "store");
        this.resilience = Objects.requireNonNull(resilience, "resilience");
    }

    @Override
    public final Optional<T> find(String id) {
        return call("find document '" + id + "'", () -> store.find(id));
    }

    @Override
    public final DocumentPage<T> list(PageRequest page) {
        return call("list documents", () -> store.list(page));
    }

    @Override
    public final void save(String id, T document) {
        call("save document '" + id + "'", () -> {
            store.save(id, document);
            return id;
        });
    }

    @Override
    public final boolean delete(String id) {
        return call("delete document '" + id + "'", () -> store.delete(id));
    }

    /** @param what could not be done, if it fails, such as {@code find document '7'} */
    final <R> R call(String what, ResilientCall<R, RuntimeException> call) {
        return call(resilience, what, call);
    }

    final <R> R callOnceInPlace(String what, ResilientCall<R, RuntimeException> call) {
        return call(resilience.onceInPlace(), what, call);
    }

    private static <R> R call(Resilience through, String what, ResilientCall<R, RuntimeException> call) {
        try {
            return through.call(call);
        } catch (ResilienceException e) {
            throw new ProjectionStoreUnavailableException("Could not " + what + ": " + e.getMessage(), e);
        }
    }
}
