package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
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
 *   <li>{@code WARN}: it succeeded but took long, or failed for a reason that may pass
 *   <li>{@code ERROR}: anything else, with the stack trace
 * </ul>
 *
 * <p>In the MDC stand {@value #CORRELATION_ID}, {@value #CAUSATION_ID}, {@value #TRACE_ID} and {@value #SPAN_ID}, as far
 * as they are known: on the caller's thread until the call leaves it, and around the line itself wherever it is written.
 * Then what stood there before stands there again.
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

    private final Logger logger;
    private final long slowNanos;
    private final int payloadLength;
    private final LongSupplier ticker;

    private LoggingMiddleware(Builder builder) {
        this.logger = LoggerFactory.getLogger(builder.logger);
        this.slowNanos = builder.slowAfter.toNanos();
        this.payloadLength = builder.payloadLength;
        this.ticker = builder.ticker;
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

    @Override
    public CallScope begin(Call call) {
        Optional<TraceContext> trace = Traces.current();
        return new Scope(call, MdcScope.of(Correlation.current(), trace));
    }

    private final class Scope implements CallScope {

        private final Call call;
        private final MdcScope ids;
        private final MdcScope.Restore restore;
        private final long begun = ticker.getAsLong();

        Scope(Call call, MdcScope ids) {
            this.call = call;
            this.ids = ids;
            this.restore = ids.open();
        }

        @Override
        public void leave() {
            restore.run();
        }

        @Override
        public void end(CallEnd end) {
            long nanos = ticker.getAsLong() - begun;
            boolean slow = nanos >= slowNanos && !call.isLongWait();
            Level level = level(end, slow);
            if (logger.isEnabledForLevel(level)) {
                MdcScope.Restore back = ids.open();
                try {
                    new LogLine(logger.atLevel(level)).write(call, end, nanos, slow, payloadLength);
                } finally {
                    back.run();
                }
            }
        }
    }

    private static Level level(CallEnd end, boolean slow) {
        if (end.failure().isEmpty()) {
            return slow ? Level.WARN : Level.DEBUG;
        }
        return switch (category(end)) {
            case CANCELLED -> Level.DEBUG;
            case INVALID_INPUT, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT -> Level.INFO;
            case OVERLOADED, UNAVAILABLE, TIMEOUT -> Level.WARN;
            case INTERNAL -> Level.ERROR;
        };
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

        /** What takes this long is logged as slow; by default a second. A long wait never is. */
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
