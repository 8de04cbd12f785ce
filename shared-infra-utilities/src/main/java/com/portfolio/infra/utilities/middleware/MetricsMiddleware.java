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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call an observation of Micrometer: a timer if the registry has a meter handler, a span if it has a tracing
 * handler. Names and attributes are those of {@link CallObservationConvention}.
 *
 * <p>Requests and messages are observed as received, with the trace that they came with, and calls as sent, so that
 * Micrometer Tracing gives spans the right kind and parent. A failure whose message has a credential is told without it.
 * A {@linkplain Call#longWait long wait} is not observed, as
 * its time is its caller's choice. A registry without handlers costs next to nothing. Thread-safe.
 */
public final class MetricsMiddleware implements Middleware {

    private final ObservationRegistry registry;
    private final CallObservationConvention names;
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
        boolean ours = convention instanceof CallObservationConvention;
        this.names = convention instanceof CallObservationConvention known ? known : new CallObservationConvention();
        this.custom = ours ? null : Objects.requireNonNull(convention, "convention");
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
        Observation observation =
                Observation.createNotStarted(custom, new Named(names, call.kind()), () -> context, registry);
        observation.start();
        return new Scope(call, context, observation, observation.openScope());
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
        Optional<TraceContext> parent = call.parent();
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

    private record Scope(Call call, Observation.Context context, Observation observation, Observation.Scope scope)
            implements CallScope {

        @Override
        public void leave() {
            scope.close();
        }

        @Override
        public void end(CallEnd end) {
            if (end.failure().isPresent() && isError(end)) {
                Throwable failure = end.failure().get();
                context.put(
                        CallObservationConvention.FAILURE, failure.getClass().getName());
                observation.error(RedactedFailure.ifNeeded(failure));
            }
            observation.stop();
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
