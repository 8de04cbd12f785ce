package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.InfrastructureException;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.utilities.resilience.BulkheadFullException;
import com.portfolio.infra.utilities.resilience.CircuitOpenException;
import com.portfolio.infra.utilities.resilience.FailureClassifier;
import com.portfolio.infra.utilities.resilience.FailureKinds;
import com.portfolio.infra.utilities.resilience.RetryAfter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what failures mean: to logs and metrics, to who sent a request, and to the bus that handed a message over.
 *
 * <pre>{@code
 * ErrorHandlingMiddleware errors = ErrorHandlingMiddleware.builder()
 *         .map(UnknownAccount.class, ErrorCategory.NOT_FOUND)
 *         .map(InvalidOrder.class, e -> ErrorDescription.of(INVALID_INPUT).error("/amount", e.getMessage()))
 *         .build();
 * }</pre>
 *
 * <p>A failure and then its causes are asked about, from the outside in, and the first that is known decides. Of each the
 * service's own are asked first, in their order, and then what the library knows:
 *
 * <ul>
 *   <li>a retryable exception of a port ends the search: it is {@link ErrorCategory#CANCELLED},
 *       {@link ErrorCategory#TIMEOUT} or {@link ErrorCategory#OVERLOADED} if a cause says so, else
 *       {@link ErrorCategory#UNAVAILABLE}
 *   <li>wrong versions and closed streams, conflicts of event ids and of checkpoints are {@link ErrorCategory#CONFLICT};
 *       another exception of a port that does not pass is {@link ErrorCategory#INTERNAL}, unless the service has mapped a
 *       cause of it or it is a cancellation's doing
 *   <li>an interruption or a cancellation is {@link ErrorCategory#CANCELLED}; an {@link java.io.InterruptedIOException}
 *       is a timeout, unless the thread is interrupted
 *   <li>timeouts and refused executions of the JDK are what they are
 * </ul>
 *
 * <p>Of a failure of which nothing is known, what a {@link FailureClassifier} calls transient is
 * {@link ErrorCategory#UNAVAILABLE}. Everything else is {@link ErrorCategory#INTERNAL}, illegal arguments and the schemas
 * of the service itself included.
 *
 * <p>A call's failure comes out of a chain as it is: the ports promise exceptions of their own. It is turned into an
 * answer where a service meets others, by {@link MiddlewareHttpHandler} and {@link MiddlewareMessageHandler}.
 * A function that throws makes the failure {@link ErrorCategory#INTERNAL}. Thread-safe if the functions are.
 */
public final class ErrorHandlingMiddleware implements Middleware {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlingMiddleware.class);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private final List<Mapping<?>> mappings;
    private final KnownFailures known;
    private final Duration retryAfter;
    private final Optional<URI> types;

    private ErrorHandlingMiddleware(Builder builder) {
        this.mappings = List.copyOf(builder.mappings);
        this.known = new KnownFailures(FailureKinds.with(builder.classifiers));
        this.retryAfter = builder.retryAfter;
        this.types = builder.types;
    }

    /** With what the library knows, and nothing of the service's own. */
    public static ErrorHandlingMiddleware create() {
        return builder().build();
    }

    /** Begins with what the library knows. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public MiddlewareLayer layer() {
        return MiddlewareLayer.ERROR_HANDLING;
    }

    /** Does nothing: the chain asks {@link #describe} when a call has failed and somebody wants to know. */
    @Override
    public CallScope begin(Call call) {
        return CallScope.none();
    }

    /** What a failure means. */
    public ErrorDescription describe(Throwable failure) {
        Throwable unwrapped = MiddlewareChain.unwrapped(failure);
        Search search = new Search();
        ErrorDescription description =
                FailureKinds.first(unwrapped, search::ask).orElseGet(() -> search.otherwise(unwrapped));
        return description.retryAfter().isPresent()
                ? description
                : retryAfter(unwrapped).map(description::retryAfter).orElse(description);
    }

    /** Asks who knows, from a failure inwards. */
    private final class Search {

        private boolean permanent;

        Optional<ErrorDescription> ask(Throwable link) {
            Optional<ErrorDescription> own = mapped(link);
            if (own.isPresent()) {
                return own;
            }
            if (permanent) {
                return KnownFailures.cancelled(link);
            }
            // A port has said that trying again is of no use: no cause of it says otherwise, but the service may.
            permanent = link instanceof InfrastructureException ours && !ours.isRetryable();
            return known.of(link);
        }

        ErrorDescription otherwise(Throwable failure) {
            return permanent ? ErrorDescription.of(ErrorCategory.INTERNAL) : known.otherwise(failure);
        }
    }

    private Optional<ErrorDescription> mapped(Throwable link) {
        for (Mapping<?> mapping : mappings) {
            Optional<ErrorDescription> description = mapping.describe(link);
            if (description.isPresent()) {
                return description;
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> retryAfter(Throwable failure) {
        return FailureKinds.first(
                failure, link -> link instanceof RetryAfter says ? says.retryAfter() : Optional.empty());
    }

    /** The failure as the body of an HTTP response. */
    Problem problem(ErrorDescription error, String instance, Optional<TraceContext> trace) {
        return Problem.of(error, types, instance, trace.map(TraceContext::traceId));
    }

    /** When a client is welcome again: what the failure says, or the default, in a day at most, if it is a 503 that may pass. */
    Optional<Duration> retryAfter(ErrorDescription error) {
        boolean welcome = error.retryable() && error.category().status() == ErrorCategory.UNAVAILABLE.status();
        return welcome ? Optional.of(delay(error.retryAfter().orElse(retryAfter))) : Optional.empty();
    }

    /**
     * What becomes of a message whose handler failed.
     *
     * <ul>
     *   <li>{@link ErrorCategory#INVALID_INPUT}: it goes to the dead letters at once
     *   <li>what a circuit breaker or a bulkhead of the library refused at once: it could not be tried, and is postponed
     *       without counting as an attempt. Nothing else is, as it could be postponed for ever; a repetition that was
     *       refused is none
     *   <li>a failure that says when to come back: it is tried again then, in a day at most, and its failure stands in
     *       the dead letter if that was the last attempt
     *   <li>everything else: empty, which is up to the subscription's policy of redelivery. A conflict is among them, as
     *       the handler looks again and decides again
     * </ul>
     */
    public Optional<HandlerResult> decide(Throwable failure) {
        ErrorDescription error = describe(failure);
        if (error.category() == ErrorCategory.INVALID_INPUT) {
            return Optional.of(HandlerResult.deadLetter(error.code() + ": " + text(failure)));
        }
        if (FailureKinds.first(failure, ErrorHandlingMiddleware::wasNeverTried).orElse(false)) {
            return Optional.of(HandlerResult.postpone(delay(error.retryAfter().orElse(retryAfter))));
        }
        return error.retryable()
                ? error.retryAfter().map(time -> HandlerResult.retry(delay(time), text(failure)))
                : Optional.empty();
    }

    /** No, where an attempt was made before the refusal: then its outcome is unknown, or it failed and is told with it. */
    private static Optional<Boolean> wasNeverTried(Throwable link) {
        if (link instanceof AppendOutcomeUnknownException) {
            return Optional.of(false);
        }
        return link instanceof CircuitOpenException || link instanceof BulkheadFullException
                ? Optional.of(link.getSuppressed().length == 0)
                : Optional.empty();
    }

    private static String text(Throwable failure) {
        return RedactedFailure.text(MiddlewareChain.unwrapped(failure));
    }

    private static Duration delay(Duration wanted) {
        return wanted.isNegative() ? Duration.ZERO : wanted.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : wanted;
    }

    private record Mapping<E extends Throwable>(Class<E> type, Function<? super E, ErrorDescription> description) {

        Optional<ErrorDescription> describe(Throwable link) {
            if (!type.isInstance(link)) {
                return Optional.empty();
            }
            try {
                return Optional.of(description.apply(type.cast(link)));
            } catch (RuntimeException e) {
                LOG.warn("What a {} means could not be found out.", type.getName(), RedactedFailure.of(e));
                return Optional.of(ErrorDescription.of(ErrorCategory.INTERNAL));
            }
        }
    }

    /** Settings of an {@link ErrorHandlingMiddleware}. */
    public static final class Builder {

        private final List<Mapping<?>> mappings = new ArrayList<>();
        private final List<FailureClassifier> classifiers = new ArrayList<>();
        private Duration retryAfter = LATER;
        private Optional<URI> types = Optional.empty();

        private Builder() {}

        /**
         * What exceptions of a class and its subclasses mean. If it is the caller's fault, the exception's message is
         * told, without credentials.
         */
        public <E extends Throwable> Builder map(Class<E> type, ErrorCategory category) {
            Objects.requireNonNull(category, "category");
            return map(type, failure -> {
                String message = failure.getMessage();
                ErrorDescription description = ErrorDescription.of(category);
                return message == null ? description : description.detail(message);
            });
        }

        /** What exceptions of a class and its subclasses mean, in the service's own words. */
        public <E extends Throwable> Builder map(Class<E> type, Function<? super E, ErrorDescription> description) {
            mappings.add(new Mapping<>(
                    Objects.requireNonNull(type, "type"), Objects.requireNonNull(description, "description")));
            return this;
        }

        /** Asks a classifier too, before those that the service loader finds. */
        public Builder classifier(FailureClassifier classifier) {
            classifiers.add(Objects.requireNonNull(classifier, "classifier"));
            return this;
        }

        /** When to come back, where the failure does not say; by default after 5 seconds. At most a day. */
        public Builder retryAfter(Duration time) {
            if (time.isNegative() || time.compareTo(LONGEST_DELAY) > 0) {
                throw new IllegalArgumentException("To come back after " + time + " is not between now and a day.");
            }
            this.retryAfter = time;
            return this;
        }

        /**
         * Where the types of problems are described: a problem's type is this text and its code behind it, with a slash
         * between if this ends with a letter or a digit. Without it, the type is {@code about:blank}.
         */
        public Builder problemTypes(URI base) {
            this.types = Optional.of(Objects.requireNonNull(base, "base"));
            return this;
        }

        /** Builds it. */
        public ErrorHandlingMiddleware build() {
            return new ErrorHandlingMiddleware(this);
        }
    }
}
