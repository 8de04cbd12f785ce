package com.portfolio.infra.ports.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The request that the current thread is working on, for the metadata of whatever it brings about.
 *
 * <p>Opened once at the edge of a service, for a request or a command:
 *
 * <pre>{@code
 * try (Correlation.Scope scope = Correlation.open(requestId)) {
 *     accounts.register(command);      // its events carry the correlation id
 * }
 * }</pre>
 *
 * <p>Inside, every append and every message carries the ids; a subscription opens a scope around its
 * handler by itself, {@linkplain #follow following} the event that it hands over, so that the events a
 * handler appends name the one that caused them. Scopes belong to the thread that opened them, nest, and
 * are closed in reverse by that thread. They do not cross to other threads by themselves:
 * {@link #current()} there, {@link #open(Metadata)} here.
 */
public final class Correlation {

    private static final ThreadLocal<@Nullable Metadata> CURRENT = new ThreadLocal<>();

    private Correlation() {}

    /** What the current scope adds to metadata; empty outside of any scope. */
    public static Metadata current() {
        Metadata metadata = CURRENT.get();
        return metadata == null ? Metadata.empty() : metadata;
    }

    /** Opens a scope for a request that came in under {@code correlationId}, and was itself the cause. */
    public static Scope open(String correlationId) {
        Objects.requireNonNull(correlationId, "correlationId");
        return open(Metadata.of(Metadata.CORRELATION_ID, correlationId).with(Metadata.CAUSATION_ID, correlationId));
    }

    /** Opens a scope for a request that came in without an id, under a new one. */
    public static Scope open() {
        return open(EventIds.next().toString());
    }

    /** Opens a scope with the given metadata, which replaces that of the scope around it. */
    public static Scope open(Metadata metadata) {
        Objects.requireNonNull(metadata, "metadata");
        Metadata outer = CURRENT.get();
        CURRENT.set(metadata);
        return () -> {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        };
    }

    /**
     * Opens a scope for handling an event or a message: same correlation id (its own id where it has
     * none), itself as the cause, and the trace that it belongs to, if it has one.
     */
    public static Scope follow(String id, Metadata metadata) {
        Map<String, String> entries = new HashMap<>();
        entries.put(Metadata.CORRELATION_ID, metadata.correlationId().orElse(id));
        entries.put(Metadata.CAUSATION_ID, id);
        metadata.get(Metadata.TRACEPARENT).ifPresent(parent -> entries.put(Metadata.TRACEPARENT, parent));
        metadata.get(Metadata.TRACESTATE).ifPresent(state -> entries.put(Metadata.TRACESTATE, state));
        return open(new Metadata(entries));
    }

    /** See {@link #follow(String, Metadata)}. */
    public static Scope follow(UUID eventId, Metadata metadata) {
        return follow(eventId.toString(), metadata);
    }

    /** An open scope; closing it brings back the one around it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();
    }
}
