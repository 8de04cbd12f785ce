package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what is called, for logs, metrics and traces.
 *
 * <pre>{@code
 * private static final Call FIND = Call.of(CallKind.OTHER, "find").system("geocoder");
 *
 * Place place = chain.call(FIND.detail("address", address), () -> client.find(address));
 * }</pre>
 *
 * <p>An {@linkplain #attribute attribute} has few values, such as a route, and becomes a tag of a metric; a
 * {@linkplain #detail detail} has many, such as the id of a stream, and stands in logs and spans alone. Immutable: each
 * method gives another one. Details are asked for their text only if somebody wants it, once or more, until the call has
 * ended and possibly on another thread.
 */
public final class Call {

    private static final Object[] NONE = {};

    private final CallKind kind;
    private final String operation;
    private final String system;
    private final Object[] attributes;
    private final Object[] details;
    private final Object[] results;
    private final @Nullable Object payload;
    private final @Nullable TraceContext parent;
    private final boolean longWait;

    private Call(
            CallKind kind,
            String operation,
            String system,
            Object[] attributes,
            Object[] details,
            Object[] results,
            @Nullable Object payload,
            @Nullable TraceContext parent,
            boolean longWait) {
        this.kind = kind;
        this.operation = operation;
        this.system = system;
        this.attributes = attributes;
        this.details = details;
        this.results = results;
        this.payload = payload;
        this.parent = parent;
        this.longWait = longWait;
    }

    /**
     * A call.
     *
     * @param operation what is done, such as {@code append}; one of few names
     */
    public static Call of(CallKind kind, String operation) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(operation, "operation");
        return new Call(kind, operation, Systems.UNKNOWN, NONE, NONE, NONE, null, null, false);
    }

    /** The technology that is called, as the OpenTelemetry conventions name it: {@code postgresql}, {@code kafka}. */
    public Call system(String name) {
        Objects.requireNonNull(name, "name");
        return new Call(kind, operation, name, attributes, details, results, payload, parent, longWait);
    }

    /** One more attribute. It must have few values. */
    public Call attribute(String name, String value) {
        return new Call(
                kind, operation, system, with(attributes, name, value), details, results, payload, parent, longWait);
    }

    /** One more detail, whose {@code toString} is its text. */
    public Call detail(String name, Object value) {
        return new Call(
                kind, operation, system, attributes, with(details, name, value), results, payload, parent, longWait);
    }

    /**
     * One more attribute, which is known when the call is over.
     *
     * @param value asked for then; empty if there is none. It must have few values
     */
    public Call result(String name, Supplier<Optional<String>> value) {
        return new Call(
                kind, operation, system, attributes, details, with(results, name, value), payload, parent, longWait);
    }

    /** What is written or handled, whose {@code toString} is its text. Logged only by who was told to. */
    public Call payload(Object value) {
        Objects.requireNonNull(value, "value");
        return new Call(kind, operation, system, attributes, details, results, value, parent, longWait);
    }

    /** The trace that the request or message came with. */
    public Call parent(TraceContext context) {
        Objects.requireNonNull(context, "context");
        return new Call(kind, operation, system, attributes, details, results, payload, context, longWait);
    }

    /** The call waits for something to happen, for as long as its caller wants: it is never slow, and not measured. */
    public Call longWait() {
        return new Call(kind, operation, system, attributes, details, results, payload, parent, true);
    }

    private static Object[] with(Object[] pairs, String name, Object value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, name);
        Object[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = name;
        more[pairs.length + 1] = value;
        return more;
    }

    /** What kind of thing is called. */
    public CallKind kind() {
        return kind;
    }

    /** What is done. */
    public String operation() {
        return operation;
    }

    /** The technology that is called; {@code unknown} if nobody said. */
    public String system() {
        return system;
    }

    /** What the call carries; empty if nobody said. */
    public Optional<Object> payload() {
        return Optional.ofNullable(payload);
    }

    /** The trace that the request or message came with, if it came with one. */
    public Optional<TraceContext> parent() {
        return Optional.ofNullable(parent);
    }

    /** Whether the call waits for as long as its caller wants. */
    public boolean isLongWait() {
        return longWait;
    }

    /** Hands over the names and values of the attributes. */
    public void forEachAttribute(BiConsumer<String, String> consumer) {
        forEach(attributes, consumer);
    }

    /** Hands over the names and texts of the details. */
    public void forEachDetail(BiConsumer<String, String> consumer) {
        forEach(details, consumer);
    }

    /** Hands over the attributes that are known when the call is over. */
    public void forEachResult(BiConsumer<String, String> consumer) {
        for (int i = 0; i < results.length; i += 2) {
            String name = (String) results[i];
            if (results[i + 1] instanceof Supplier<?> supplier
                    && supplier.get() instanceof Optional<?> value
                    && value.isPresent()) {
                consumer.accept(name, String.valueOf(value.get()));
            }
        }
    }

    private static void forEach(Object[] pairs, BiConsumer<String, String> consumer) {
        for (int i = 0; i < pairs.length; i += 2) {
            consumer.accept((String) pairs[i], String.valueOf(pairs[i + 1]));
        }
    }

    @Override
    public String toString() {
        return "Call[" + operation + " of " + kind.word() + "]";
    }
}
