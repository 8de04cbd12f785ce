package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the trace of a request, as <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> has it,
 * through everything that the request brings about: calls, events, messages, and what is made of them elsewhere.
 *
 * <p>Each call is a span of its own: same trace id, new span id, the span around it as its parent. A request, a message
 * or a task that comes without a valid {@code traceparent}, or with one of more than 512 characters, begins a new trace;
 * a {@code tracestate} that is invalid or that long is dropped, and the trace goes on. Other calls go on with a trace and
 * begin none.
 *
 * <p>Meanwhile the trace stands among the metadata of {@link Correlation}, and so goes wherever that goes: into events
 * that are appended, through the event log to their subscribers, and to the threads of
 * {@link com.portfolio.infra.utilities.resilience.Resilience}. Thread-safe.
 */
public final class TracingMiddleware implements Middleware {

    private static final Logger LOG = LoggerFactory.getLogger(TracingMiddleware.class);

    private final boolean sampled;
    private final Optional<Supplier<Optional<TraceContext>>> tracer;

    private TracingMiddleware(boolean sampled, Optional<Supplier<Optional<TraceContext>>> tracer) {
        this.sampled = sampled;
        this.tracer = tracer;
    }

    /**
     * Makes the spans' ids itself, which reach logs, events, messages and other services. New traces are marked as
     * sampled, so that a service which samples as it is told records them.
     */
    public static TracingMiddleware create() {
        return new TracingMiddleware(true, Optional.empty());
    }

    /** The same, with new traces marked as not sampled. */
    public static TracingMiddleware notSampling() {
        return new TracingMiddleware(false, Optional.empty());
    }

    /**
     * Follows a tracer that makes the spans, such as that of Micrometer Tracing behind {@link MetricsMiddleware}:
     * events and messages carry its current span, {@link LoggingMiddleware} has its ids in the MDC and in its line, and
     * problems tell its trace id.
     *
     * @param currentSpan the span of the current thread, if it has one; must not block. If it throws there is none
     */
    public static TracingMiddleware following(Supplier<Optional<TraceContext>> currentSpan) {
        return new TracingMiddleware(true, Optional.of(Objects.requireNonNull(currentSpan, "currentSpan")));
    }

    @Override
    public MiddlewareLayer layer() {
        return MiddlewareLayer.TRACING;
    }

    /** The span of the current thread. */
    Optional<TraceContext> current() {
        if (tracer.isEmpty()) {
            return Traces.current();
        }
        try {
            return tracer.get().get();
        } catch (RuntimeException e) {
            LOG.warn("The tracer does not tell its current span; the call goes on without it.", RedactedFailure.of(e));
            return Optional.empty();
        }
    }

    @Override
    public CallScope begin(Call call) {
        if (tracer.isPresent()) {
            return CallScope.none();
        }
        Optional<TraceContext> parent = call.parent().isPresent() ? Traces.received(call) : Traces.current();
        if (parent.isEmpty() && !call.kind().beginsTraces()) {
            return CallScope.none();
        }
        TraceContext span = parent.isPresent() ? Traces.child(parent.get()) : Traces.begin(sampled);
        return new Scope(Correlation.open(Traces.stamped(Correlation.current(), span)));
    }

    private record Scope(Correlation.Scope scope) implements CallScope {

        @Override
        public void leave() {
            scope.close();
        }

        @Override
        public void end(CallEnd end) {}
    }
}
