package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Middleware around calls.
 *
 * <pre>{@code
 * MiddlewareChain chain = MiddlewareChain.of(
 *         TracingMiddleware.create(),
 *         new MetricsMiddleware(registry),
 *         LoggingMiddleware.create(),
 *         ErrorHandlingMiddleware.create());
 * EventStore store = new MiddlewareEventStore(new ResilientEventStore(adapter, resilience), chain);
 * }</pre>
 *
 * <p>Whatever order they are given in, they stand in that of {@link MiddlewareLayer}, and those of one layer as they
 * were given. A call's result and its failure come out as they are. One chain serves a whole service. Thread-safe.
 */
public final class MiddlewareChain {

    private static final MiddlewareChain NONE = new MiddlewareChain(List.of());

    private final List<Middleware> given;
    private final Middleware[] middleware;
    private final @Nullable TracingMiddleware tracing;
    private final @Nullable ErrorHandlingMiddleware errors;
    private final @Nullable ErrorHandlingMiddleware describing;

    private MiddlewareChain(List<Middleware> sorted) {
        this.tracing = only(TracingMiddleware.class, sorted);
        this.errors = only(ErrorHandlingMiddleware.class, sorted);
        // No middleware asks what a failure means: its class path is not searched for who may know.
        this.describing = errors != null || sorted.isEmpty() ? errors : ErrorHandlingMiddleware.create();
        this.given = sorted;
        this.middleware = sorted.stream()
                .map(each -> each instanceof LoggingMiddleware logging && tracing != null ? logging.in(tracing) : each)
                .toArray(Middleware[]::new);
    }

    /** Nothing around a call. */
    public static MiddlewareChain none() {
        return NONE;
    }

    /**
     * These around a call, in the order of their layers.
     *
     * @throws IllegalArgumentException if there are two for tracing, or two for the handling of errors
     */
    public static MiddlewareChain of(Middleware... middleware) {
        return of(List.of(middleware));
    }

    /**
     * These around a call, in the order of their layers.
     *
     * @throws IllegalArgumentException if there are two for tracing, or two for the handling of errors
     */
    public static MiddlewareChain of(List<? extends Middleware> middleware) {
        List<Middleware> sorted = middleware.stream()
                .sorted(Comparator.comparing(Middleware::layer))
                .map(Middleware.class::cast)
                .toList();
        return sorted.isEmpty() ? NONE : new MiddlewareChain(sorted);
    }

    private static <M extends Middleware> @Nullable M only(Class<M> type, List<Middleware> all) {
        List<M> found = all.stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("A chain has room for one " + type.getSimpleName() + ", not for "
                    + found.size() + ": each call would be the child of itself, or mean two things.");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** What stands around a call, from the outside in. */
    public List<Middleware> middleware() {
        return given;
    }

    /** Whether nothing stands around a call. */
    public boolean isEmpty() {
        return middleware.length == 0;
    }

    /**
     * Makes a blocking call, on the caller's thread.
     *
     * @throws X what it threw
     */
    public <T, X extends Exception> T call(Call call, CallBody<T, X> body) throws X {
        if (middleware.length == 0) {
            return body.call();
        }
        RunningCall running = RunningCall.begin(middleware, call);
        T result;
        try {
            result = body.call();
        } catch (Throwable failure) {
            running.leave();
            running.end(CallEnd.failed(failure, describing));
            throw failure;
        }
        running.leave();
        running.end(CallEnd.SUCCESS);
        return result;
    }

    /**
     * Makes a blocking call without a result, on the caller's thread.
     *
     * @throws X what it threw
     */
    public <X extends Exception> void run(Call call, CallAction<X> action) throws X {
        this.<Boolean, X>call(call, () -> {
            action.run();
            return true;
        });
    }

    /**
     * Makes an asynchronous call, which begins on the caller's thread. Nothing but a {@link NullPointerException} is
     * thrown: what the supplier throws is a failure like that of its stage.
     *
     * @return completes as the supplier's stage does, after the middleware was told, with a failure as it is and not
     *         wrapped; cancelling it does not cancel the work. Without middleware it is the supplier's stage itself
     */
    public <T> CompletionStage<T> callAsync(Call call, Supplier<? extends CompletionStage<T>> body) {
        Objects.requireNonNull(body, "body");
        if (middleware.length == 0) {
            return begun(body);
        }
        RunningCall running = RunningCall.begin(middleware, call);
        CompletionStage<T> stage = begun(body);
        running.leave();
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            stage.whenComplete((value, failure) -> finish(running, result, value, failure));
        } catch (Throwable failure) {
            finish(running, result, null, failure);
        }
        return result;
    }

    private static <T> CompletionStage<T> begun(Supplier<? extends CompletionStage<T>> body) {
        try {
            return Objects.requireNonNull(body.get(), "The call returned no stage.");
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private <T> void finish(
            RunningCall running, CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
        Throwable unwrapped = failure == null ? null : unwrapped(failure);
        try {
            running.end(unwrapped == null ? CallEnd.SUCCESS : CallEnd.failed(unwrapped, describing));
        } finally {
            if (unwrapped == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(unwrapped);
            }
        }
    }

    /** What a stage failed with, without what stages wrap it in. */
    static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The span that the current call is, as it is handed on with events and messages. */
    Optional<TraceContext> trace() {
        return tracing == null ? Optional.empty() : tracing.current();
    }

    /**
     * A failure as the body of an HTTP response, for servers that neither {@link MiddlewareHttpHandler} nor
     * {@link MiddlewareServletFilter} is for. It has the trace of the current thread, be it the chain's own or that of
     * the tracer that it follows.
     *
     * @param instance the request's path
     */
    public Problem problem(Throwable failure, String instance) {
        ErrorHandlingMiddleware known = describing == null ? ErrorHandlingMiddleware.create() : describing;
        return known.problem(known.describe(failure), instance, trace());
    }

    /** What turns failures into answers, if the chain has it. */
    Optional<ErrorHandlingMiddleware> errors() {
        return Optional.ofNullable(errors);
    }

    @Override
    public String toString() {
        return "MiddlewareChain" + middleware().stream().map(Middleware::layer).toList();
    }
}
