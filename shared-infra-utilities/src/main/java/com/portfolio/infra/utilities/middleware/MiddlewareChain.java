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

    private final Middleware[] middleware;
    private final @Nullable TracingMiddleware tracing;
    private final @Nullable ErrorHandlingMiddleware errors;
    private final ErrorHandlingMiddleware describing;

    private MiddlewareChain(List<Middleware> sorted) {
        this.tracing = only(TracingMiddleware.class, sorted);
        this.errors = only(ErrorHandlingMiddleware.class, sorted);
        this.describing = errors == null ? ErrorHandlingMiddleware.create() : errors;
        this.middleware = sorted.toArray(Middleware[]::new);
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
        return List.of(middleware);
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
     *         wrapped; cancelling it does not cancel the work
     */
    public <T> CompletionStage<T> callAsync(Call call, Supplier<? extends CompletionStage<T>> body) {
        Objects.requireNonNull(body, "body");
        RunningCall running = RunningCall.begin(middleware, call);
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(body.get(), "The call returned no stage.");
        } catch (Throwable failure) {
            stage = CompletableFuture.failedFuture(failure);
        }
        running.leave();
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                running.end(CallEnd.SUCCESS);
                result.complete(value);
            } else {
                Throwable unwrapped = unwrapped(failure);
                running.end(CallEnd.failed(unwrapped, describing));
                result.completeExceptionally(unwrapped);
            }
        });
        return result;
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

    /** What turns failures into answers, if the chain has it. */
    Optional<ErrorHandlingMiddleware> errors() {
        return Optional.ofNullable(errors);
    }

    @Override
    public String toString() {
        return "MiddlewareChain" + middleware().stream().map(Middleware::layer).toList();
    }
}
