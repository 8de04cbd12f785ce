package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that several things are said about, without a copy for each of them. Of one thread. */
final class CallDraft {

    private static final Object[] NONE = {};

    final CallKind kind;
    final String operation;
    String system = Call.UNKNOWN;
    Object[] attributes = NONE;
    Object[] details = NONE;
    Object[] results = NONE;

    @Nullable Object payload;

    @Nullable TraceContext parent;

    boolean longWait;

    CallDraft(CallKind kind, String operation) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.operation = Objects.requireNonNull(operation, "operation");
    }

    CallDraft system(String name) {
        this.system = Objects.requireNonNull(name, "name");
        return this;
    }

    CallDraft attribute(String name, String value) {
        this.attributes = with(attributes, name, value);
        return this;
    }

    CallDraft detail(String name, Object value) {
        this.details = with(details, name, value);
        return this;
    }

    CallDraft result(String name, Supplier<Optional<String>> value) {
        this.results = with(results, name, value);
        return this;
    }

    CallDraft payload(Object value) {
        this.payload = Objects.requireNonNull(value, "value");
        return this;
    }

    CallDraft parent(TraceContext context) {
        this.parent = Objects.requireNonNull(context, "context");
        return this;
    }

    CallDraft longWait() {
        this.longWait = true;
        return this;
    }

    Call done() {
        return new Call(this);
    }

    private static Object[] with(Object[] pairs, String name, Object value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, name);
        Object[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = name;
        more[pairs.length + 1] = value;
        return more;
    }
}
