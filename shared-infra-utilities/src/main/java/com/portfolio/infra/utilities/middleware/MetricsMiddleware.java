package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.TraceContext;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call an observation of Micrometer: a timer if the registry has a meter handler, a span if it has a tracing
 * handler. Names and attributes are those of {@link CallObservationConvention}.
 *
 * <p>Requests and messages are observed as received, with the trace that they came with, and calls as sent, so that
 * Micrometer Tracing gives spans the right kind and parent. A failure that has a credential or a control character in a message, or in a
 * {@code toString} of its own, is replaced by a stand-in without them, causes and suppressed failures included; its class
 * stands in {@value SemanticNames#ERROR_TYPE} all the same. A {@linkplain Call#longWait long wait} is not observed, as
 * its time is its caller's choice. A handler of the registry that fails leaves no observation on the thread, and none
 * unended. A registry without handlers costs next to nothing. Thread-safe.
 */
public final class MetricsMiddleware implements Middleware {

    private final ObservationRegistry registry;
    private final Map<CallKind, ObservationConvention<Observation.Context>> names = new EnumMap<>(CallKind.class);
    private final @Nullable ObservationConvention<Observation.Context> custom;

    /** Observes nothing, until a registry is given instead. */
    public MetricsMiddleware() {
        this(ObservationRegistry.NOOP);
    }

    /** Observes calls by the conventions of OpenTelemetry. */
    public MetricsMiddleware(ObservationRegistry registry) {
        this(registry, new CallObservationConvention());
    }

    /** Observes calls by a convention of one's own; one that extends ours changes what it overrides. */
    public MetricsMiddleware(ObservationRegistry registry, ObservationConvention<Observation.Context> convention) {
        this.registry = Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(convention, "convention");
        boolean ours = convention instanceof CallObservationConvention;
        CallObservationConvention known =
                convention instanceof CallObservationConvention extended ? extended : new CallObservationConvention();
        for (CallKind kind : CallKind.values()) {
            names.put(kind, new Named(known, kind));
        }
        this.custom = ours ? null : convention;
    }

    @Override
    public MiddlewareLayer layer() {
        return MiddlewareLayer.METRICS;
    }

    @Override
    public CallScope begin(Call call) {
        if (registry.isNoop() || call.isLongWait()) {
            return CallScope.none();
        }
        Observation.Context context = contextOf(call);
        Observation observation = Observation.createNotStarted(
                custom, Objects.requireNonNull(names.get(call.kind())), () -> context, registry);
        Observation.@Nullable Scope around = registry.getCurrentObservationScope();
        try {
            observation.start();
            return new Scope(registry, around, call, context, observation, observation.openScope());
        } catch (Throwable failure) {
            undo(around, observation, failure);
            throw failure;
        }
    }

    /** A handler of the registry failed: the others are told that it is over, and the thread is as it was. */
    private void undo(Observation.@Nullable Scope around, Observation observation, Throwable failure) {
        try {
            Observation.Scope opened = registry.getCurrentObservationScope();
            if (opened != null && opened != around) {
                close(registry, around, opened);
            }
        } catch (Throwable more) {
            failure.addSuppressed(more);
        }
        try {
            observation.stop();
        } catch (Throwable more) {
            failure.addSuppressed(more);
        }
    }

    /** Closing a scope brings back the one around it, unless a handler fails before it gets there. */
    private static void close(
            ObservationRegistry registry, Observation.@Nullable Scope around, Observation.Scope scope) {
        try {
            scope.close();
        } finally {
            if (registry.getCurrentObservationScope() != around) {
                registry.setCurrentObservationScope(around);
            }
        }
    }

    private static Observation.Context contextOf(Call call) {
        Observation.Context context = switch (call.kind()) {
            case HTTP_SERVER -> received(call, Kind.SERVER);
            case MESSAGE_PROCESS -> received(call, Kind.CONSUMER);
            // A task follows what caused it, as an event of the log, or is a part of what runs already.
            case TASK -> call.parent().isPresent() ? received(call, Kind.CONSUMER) : new Observation.Context();
            case MESSAGE_SEND -> sent(call, Kind.PRODUCER);
            case EVENT_STORE, PROJECTION_STORE, OTHER -> sent(call, Kind.CLIENT);
        };
        context.put(Call.class, call);
        return context;
    }

    private static Observation.Context received(Call call, Kind kind) {
        Optional<TraceContext> parent = Traces.received(call);
        ReceiverContext<Call> context = new ReceiverContext<>(
                (carrier, key) -> parent.map(trace -> header(trace, key)).orElse(null), kind);
        context.setCarrier(call);
        return context;
    }

    private static @Nullable String header(TraceContext trace, String key) {
        return switch (key) {
            case Metadata.TRACEPARENT -> trace.traceparent();
            case Metadata.TRACESTATE -> trace.tracestate().orElse(null);
            default -> null;
        };
    }

    private static Observation.Context sent(Call call, Kind kind) {
        // Nothing to inject into: the decorators put the current span into events and messages.
        SenderContext<Call> context = new SenderContext<>((carrier, key, value) -> {}, kind);
        context.setCarrier(call);
        return context;
    }

    private record Scope(
            ObservationRegistry registry,
            Observation.@Nullable Scope around,
            Call call,
            Observation.Context context,
            Observation observation,
            Observation.Scope scope)
            implements CallScope {

        @Override
        public void leave() {
            close(registry, around, scope);
        }

        @Override
        public void end(CallEnd end) {
            try {
                if (end.failure().isPresent() && isError(end)) {
                    Throwable failure = end.failure().get();
                    context.put(
                            CallObservationConvention.FAILURE,
                            failure.getClass().getName());
                    observation.error(RedactedFailure.ifNeeded(failure));
                }
            } finally {
                observation.stop();
            }
        }

        private boolean isError(CallEnd end) {
            return call.kind() != CallKind.HTTP_SERVER
                    || end.error()
                            .map(error -> error.category().isServerError())
                            .orElse(true);
        }
    }

    /** A convention's {@code getName} is not told what is observed. */
    private record Named(CallObservationConvention names, CallKind kind)
            implements ObservationConvention<Observation.Context> {

        @Override
        public String getName() {
            return names.nameFor(kind);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return names.supportsContext(context);
        }

        @Override
        public String getContextualName(Observation.Context context) {
            return names.getContextualName(context);
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
            return names.getLowCardinalityKeyValues(context);
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(Observation.Context context) {
            return names.getHighCardinalityKeyValues(context);
        }
    }
}
