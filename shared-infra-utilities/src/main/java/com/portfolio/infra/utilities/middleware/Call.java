package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

    /** The technology that is called, where nobody says which. */
    static final String UNKNOWN = "unknown";

    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

    private final CallKind kind;
    private final String operation;
    private final String system;
    private final Object[] attributes;
    private final Object[] details;
    private final Object[] results;
    private final @Nullable Object payload;
    private final @Nullable TraceContext parent;
    private final boolean longWait;

    Call(CallDraft draft) {
        this.kind = draft.kind;
        this.operation = draft.operation;
        this.system = draft.system;
        this.attributes = draft.attributes;
        this.details = draft.details;
        this.results = draft.results;
        this.payload = draft.payload;
        this.parent = draft.parent;
        this.longWait = draft.longWait;
    }

    /**
     * A call.
     *
     * @param operation what is done, such as {@code append}; one of few names
     */
    public static Call of(CallKind kind, String operation) {
        return new CallDraft(kind, operation).done();
    }

    /** To say several things at once. */
    CallDraft edit() {
        return edit(operation);
    }

    /** The same about another operation. */
    CallDraft edit(String otherOperation) {
        CallDraft draft = new CallDraft(kind, otherOperation);
        draft.system = system;
        draft.attributes = attributes;
        draft.details = details;
        draft.results = results;
        draft.payload = payload;
        draft.parent = parent;
        draft.longWait = longWait;
        return draft;
    }

    /** The technology that is called, as the OpenTelemetry conventions name it: {@code postgresql}, {@code kafka}. */
    public Call system(String name) {
        return edit().system(name).done();
    }

    /** One more attribute. It must have few values. */
    public Call attribute(String name, String value) {
        return edit().attribute(name, value).done();
    }

    /** One more detail, whose {@code toString} is its text. */
    public Call detail(String name, Object value) {
        return edit().detail(name, value).done();
    }

    /**
     * One more attribute, which is known when the call is over.
     *
     * @param value asked for then; empty if there is none. It must have few values
     */
    public Call result(String name, Supplier<Optional<String>> value) {
        return edit().result(name, value).done();
    }

    /** What is written or handled, whose {@code toString} is its text. Logged only by who was told to. */
    public Call payload(Object value) {
        return edit().payload(value).done();
    }

    /** The trace that the request or message came with. */
    public Call parent(TraceContext context) {
        return edit().parent(context).done();
    }

    /** The call waits for something to happen, for as long as its caller wants: it is never slow, and not measured. */
    public Call longWait() {
        return edit().longWait().done();
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

    /** The status that a request was answered with; 0 for another call, and as long as there is none. */
    int httpStatus() {
        if (kind != CallKind.HTTP_SERVER) {
            return 0;
        }
        int[] status = {0};
        forEachResult((name, value) -> {
            if (name.equals(SemanticNames.HTTP_RESPONSE_STATUS_CODE)
                    && STATUS.matcher(value).matches()) {
                status[0] = Integer.parseInt(value);
            }
        });
        return status[0];
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
