package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a message belongs to, as
 * <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> writes it.
 *
 * @param traceparent version, trace id, parent id and flags, in lower-case hexadecimal digits
 * @param tracestate  what vendors add, as it came; without it, empty
 */
@Experimental
public record TraceContext(String traceparent, Optional<String> tracestate) {

    private static final Pattern VERSION_00 =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int VERSION_00_LENGTH = 55;

    /**
     * @throws IllegalArgumentException if {@code traceparent} is invalid, or {@code tracestate} is no
     *         printable ASCII
     */
    public TraceContext {
        Objects.requireNonNull(tracestate, "tracestate");
        if (!isTraceparent(traceparent)) {
            throw new IllegalArgumentException("'" + traceparent + "' is no traceparent of W3C Trace Context, such as"
                    + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.");
        }
        if (!tracestate.map(TraceContext::isPrintable).orElse(true)) {
            throw new IllegalArgumentException(
                    "A tracestate of W3C Trace Context has printable ASCII characters only.");
        }
    }

    /**
     * What a message came with; empty if there is no valid {@code traceparent}, and without
     * {@code tracestate} if only that is invalid. Nothing is an error, as the specification demands of
     * receivers.
     */
    public static Optional<TraceContext> parse(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || !isTraceparent(traceparent)) {
            return Optional.empty();
        }
        return Optional.of(
                new TraceContext(traceparent, Optional.ofNullable(tracestate).filter(TraceContext::isPrintable)));
    }

    private static boolean isTraceparent(String text) {
        if (text.length() < VERSION_00_LENGTH || text.startsWith("ff")) {
            return false;
        }
        // Versions to come may append fields, and are read as far as they are known.
        boolean ends =
                text.length() == VERSION_00_LENGTH || (!text.startsWith("00") && text.charAt(VERSION_00_LENGTH) == '-');
        return ends && VERSION_00.matcher(text.substring(0, VERSION_00_LENGTH)).matches() && isPrintable(text);
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7E));
    }
}
