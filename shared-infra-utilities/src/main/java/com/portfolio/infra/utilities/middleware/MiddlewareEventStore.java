package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.util.Objects;

/**
 * An event store with middleware around its calls; it keeps every promise of {@link EventStore}.
 *
 * <p>Inside a trace the events of an append carry the append's own span, in the entries {@code traceparent} and
 * {@code tracestate} of their metadata, in place of those of the request. It stands around a
 * {@link com.portfolio.infra.utilities.resilience.ResilientEventStore}, not inside. Thread-safe if the store is.
 */
public final class MiddlewareEventStore implements EventStore {

    private final EventStore store;
    private final MiddlewareChain chain;
    private final Call append;
    private final Call read;

    /** The store stays the caller's to close. */
    public MiddlewareEventStore(EventStore store, MiddlewareChain chain) {
        this(store, chain, Call.UNKNOWN);
    }

    /**
     * The store stays the caller's to close.
     *
     * @param system the technology of the store, such as {@code postgresql} or {@code memory}
     */
    public MiddlewareEventStore(EventStore store, MiddlewareChain chain, String system) {
        this.store = Objects.requireNonNull(store, "store");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.append = Call.of(CallKind.EVENT_STORE, "append").system(system);
        this.read = Call.of(CallKind.EVENT_STORE, "read").system(system);
    }

    @Override
    public AppendResult append(AppendRequest request) {
        if (chain.isEmpty()) {
            return store.append(request);
        }
        Objects.requireNonNull(request, "request");
        Call call = append.edit()
                .detail(SemanticNames.STREAM, request.stream())
                .payload(request.events())
                .done();
        return chain.call(call, () -> store.append(stamped(request)));
    }

    private AppendRequest stamped(AppendRequest request) {
        return chain.trace()
                .map(trace -> new AppendRequest(
                        request.stream(),
                        request.expected(),
                        request.events(),
                        Traces.stamped(request.metadata(), trace)))
                .orElse(request);
    }

    @Override
    public StreamPage read(StreamQuery query) {
        if (chain.isEmpty()) {
            return store.read(query);
        }
        Objects.requireNonNull(query, "query");
        return chain.call(read.detail(SemanticNames.STREAM, query.stream()), () -> store.read(query));
    }
}
