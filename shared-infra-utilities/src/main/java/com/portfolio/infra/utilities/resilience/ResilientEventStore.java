package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.util.Objects;

/**
 * An event store whose calls are repeated and protected; it keeps every promise of {@link EventStore}.
 *
 * <p>An append is repeated with the very same request, so that the store recognises its events by their ids: also when
 * it is unknown whether an earlier attempt was stored. A refusal that a repetition meets then is told only if it holds
 * for the earlier attempt too; else, and if the attempts end without an answer, the outcome is unknown
 * ({@link AppendOutcomeUnknownException}), never a conflict and never "nothing was stored". After such an attempt
 * {@link AppendResult#deduplicated()} may be about this call's own events.
 *
 * <p>What the breaker or the bulkhead refuses is an {@link EventStoreUnavailableException}: nothing was sent.
 * Thread-safe if the store is.
 */
public final class ResilientEventStore implements EventStore {

    private final EventStore store;
    private final Resilience resilience;

    /** The store stays the caller's to close, and so does the resilience, which other decorators may share. */
    public ResilientEventStore(EventStore store, Resilience resilience) {
        this.store = Objects.requireNonNull(store, "store");
        this.resilience = Objects.requireNonNull(resilience, "resilience");
    }

    @Override
    public AppendResult append(AppendRequest request) {
        RepeatedAppend append = new RepeatedAppend(store, request);
        try {
            return resilience.call(append::attempt);
        } catch (RuntimeException e) {
            throw append.failureFor(e);
        }
    }

    @Override
    public StreamPage read(StreamQuery query) {
        Objects.requireNonNull(query, "query");
        try {
            return resilience.call(() -> store.read(query));
        } catch (ResilienceException e) {
            throw new EventStoreUnavailableException(
                    "Could not read stream '" + query.stream() + "': " + e.getMessage(), e);
        }
    }
}
