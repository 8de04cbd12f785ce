package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;
import java.util.Optional;
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

    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;
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

    /** The id that all calls of one trace share: 32 hexadecimal digits. */
    public String traceId() {
        return traceparent.substring(TRACE_ID, PARENT_ID - 1);
    }

    /** The id of the call that this context was written by: 16 hexadecimal digits. */
    public String parentId() {
        return traceparent.substring(PARENT_ID, FLAGS - 1);
    }

    private static boolean isTraceparent(String text) {
        if (text.length() < VERSION_00_LENGTH || text.startsWith("ff")) {
            return false;
        }
        // Versions to come may append fields, and are read as far as they are known.
        boolean ends =
                text.length() == VERSION_00_LENGTH || (!text.startsWith("00") && text.charAt(VERSION_00_LENGTH) == '-');
        return ends
                && isHex(text, 0, TRACE_ID - 1)
                && isId(text, TRACE_ID, PARENT_ID - 1)
                && isId(text, PARENT_ID, FLAGS - 1)
                && isHex(text, FLAGS, VERSION_00_LENGTH)
                && isPrintable(text);
    }

    /** Whether there is an id, which is not all zero. */
    private static boolean isId(String text, int from, int to) {
        boolean zero = true;
        for (int i = from; i < to; i++) {
            zero &= text.charAt(i) == '0';
        }
        return !zero && isHex(text, from, to);
    }

    /** Whether there is a field of such digits, behind a dash unless it is the first. */
    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return from == 0 || text.charAt(from - 1) == '-';
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && (c < 0x20 || c > 0x7E)) {
                return false;
            }
        }
        return true;
    }
}
