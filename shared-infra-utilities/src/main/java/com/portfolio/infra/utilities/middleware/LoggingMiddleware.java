package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.utilities.resilience.FailureKinds;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs each call when it is over, as one line with key-values, and keeps the ids of the request in the MDC meanwhile.
 *
 * <p>The level tells who has to look:
 *
 * <ul>
 *   <li>{@code DEBUG}: it succeeded, or was {@linkplain ErrorCategory#CANCELLED cancelled}
 *   <li>{@code INFO}: it was refused for a reason of the caller's, such as a wrong expected version
 *   <li>{@code WARN}: it succeeded but took long, or failed for a reason that may pass, be it that something it needed
 *       was cancelled
 *   <li>{@code ERROR}: anything else, with the stack trace
 * </ul>
 *
 * <p>A request that its handler answers with a 4xx or a 5xx by itself is logged as if it had thrown something that is
 * answered so.
 *
 * <p>In the MDC stand {@value #CORRELATION_ID}, {@value #CAUSATION_ID}, {@value #TRACE_ID} and {@value #SPAN_ID}, as far
 * as they are known: on the caller's thread until the call leaves it, and around the line itself wherever it is written.
 * Then what stood there before stands there again. An id that is not known stands in the line as others had put it
 * there when the call began, and never as the thread has it that the call ends on.
 *
 * <p>No text that others wrote, be it an id, a detail or an exception's message, can begin a line of its own or bring
 * a credential that {@link com.portfolio.infra.utilities.secrets.Redaction} knows; long ones are cut. Payloads are not
 * logged unless {@link Builder#payloads} says so. Thread-safe.
 */
public final class LoggingMiddleware implements Middleware {

    /** The correlation id's name in the MDC. */
    public static final String CORRELATION_ID = "correlationId";

    /** The causation id's name in the MDC. */
    public static final String CAUSATION_ID = "causationId";

    /** The trace id's name in the MDC. */
    public static final String TRACE_ID = "traceId";

    /** The name in the MDC of the id of the current span, which is the call itself. */
    public static final String SPAN_ID = "spanId";

    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final Logger logger;
    private final long slowNanos;
    private final int payloadLength;
    private final LongSupplier ticker;
    private final Supplier<Optional<TraceContext>> span;

    private LoggingMiddleware(Builder builder) {
        this.logger = LoggerFactory.getLogger(builder.logger);
        this.slowNanos = builder.slowAfter.compareTo(LONGEST) < 0 ? builder.slowAfter.toNanos() : Long.MAX_VALUE;
        this.payloadLength = builder.payloadLength;
        this.ticker = builder.ticker;
        this.span = Traces::current;
    }

    private LoggingMiddleware(LoggingMiddleware same, Supplier<Optional<TraceContext>> span) {
        this.logger = same.logger;
        this.slowNanos = same.slowNanos;
        this.payloadLength = same.payloadLength;
        this.ticker = same.ticker;
        this.span = span;
    }

    /** With all defaults: slow after a second, no payloads. */
    public static LoggingMiddleware create() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public MiddlewareLayer layer() {
        return MiddlewareLayer.LOGGING;
    }

    /** The same, with the ids of the spans of a chain's own tracing. */
    LoggingMiddleware in(TracingMiddleware tracing) {
        return new LoggingMiddleware(this, tracing::current);
    }

    @Override
    public CallScope begin(Call call) {
        // The tracer's span is there now, and has gone when the line is written.
        return new Scope(call, MdcScope.open(Correlation.current(), span.get()));
    }

    private final class Scope implements CallScope {

        private final Call call;
        private final MdcScope ids;
        private final long begun = ticker.getAsLong();

        Scope(Call call, MdcScope ids) {
            this.call = call;
            this.ids = ids;
        }

        @Override
        public void leave() {
            ids.leave();
        }

        @Override
        public void end(CallEnd end) {
            long nanos = ticker.getAsLong() - begun;
            boolean slow = nanos >= slowNanos && !call.isLongWait();
            Level level = level(call, end, slow);
            if (logger.isEnabledForLevel(level)) {
                ids.around(() -> new LogLine(logger.atLevel(level)).write(call, end, nanos, slow, payloadLength));
            }
        }
    }

    private static Level level(Call call, CallEnd end, boolean slow) {
        if (end.failure().isEmpty()) {
            Level succeeded = slow ? Level.WARN : Level.DEBUG;
            int status = refusal(call);
            return status == 0 ? succeeded : atLeast(succeeded, ofStatus(status));
        }
        return switch (category(end)) {
            case CANCELLED -> hidesACancellation(end.failure().get()) ? Level.WARN : Level.DEBUG;
            case INVALID_INPUT, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT -> Level.INFO;
            case OVERLOADED, UNAVAILABLE, TIMEOUT -> Level.WARN;
            case INTERNAL -> Level.ERROR;
        };
    }

    /** The status of a request that its handler refused or failed by itself, without an exception; else 0. */
    static int refusal(Call call) {
        int status = call.httpStatus();
        return status >= ErrorCategory.INVALID_INPUT.status() ? status : 0;
    }

    private static Level ofStatus(int status) {
        if (!ErrorCategory.isServerError(status)) {
            return Level.INFO;
        }
        boolean passing = status == ErrorCategory.UNAVAILABLE.status() || status == ErrorCategory.TIMEOUT.status();
        return passing ? Level.WARN : Level.ERROR;
    }

    private static Level atLeast(Level one, Level other) {
        return one.toInt() >= other.toInt() ? one : other;
    }

    /** Whether something else failed because somebody cancelled what it needed: that may be of concern. */
    private static boolean hidesACancellation(Throwable failure) {
        return !KnownFailures.isCancellation(failure)
                && FailureKinds.first(
                                failure,
                                link -> KnownFailures.isCancellation(link) ? Optional.of(link) : Optional.empty())
                        .isPresent();
    }

    static ErrorCategory category(CallEnd end) {
        return end.error().map(ErrorDescription::category).orElse(ErrorCategory.INTERNAL);
    }

    /** Settings of a {@link LoggingMiddleware}. */
    public static final class Builder {

        private String logger = LoggingMiddleware.class.getName();
        private Duration slowAfter = SLOW;
        private int payloadLength;
        private LongSupplier ticker = System::nanoTime;

        private Builder() {}

        /** What takes this long, at most 292 years, is logged as slow; by default a second. A long wait never is. */
        public Builder slowAfter(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("A call is slow after more than 0, not after " + time + ".");
            }
            this.slowAfter = time;
            return this;
        }

        /**
         * Logs payloads, cut to so many characters. They are what a service works with, personal data included: by
         * default they are not logged.
         *
         * @param maxLength at least 1
         */
        public Builder payloads(int maxLength) {
            if (maxLength < 1) {
                throw new IllegalArgumentException(
                        "A payload is logged with at least 1 character, not with " + maxLength + ".");
            }
            this.payloadLength = maxLength;
            return this;
        }

        /** The name of the logger; by default that of this class. */
        public Builder logger(String name) {
            this.logger = Objects.requireNonNull(name, "name");
            return this;
        }

        /** Where nanoseconds come from. */
        Builder ticker(LongSupplier nanos) {
            this.ticker = nanos;
            return this;
        }

        /** Builds it. */
        public LoggingMiddleware build() {
            return new LoggingMiddleware(this);
        }
    }
}
