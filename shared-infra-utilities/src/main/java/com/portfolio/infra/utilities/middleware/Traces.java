package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes trace contexts, and keeps the current one among the metadata of the {@link Correlation}. */
final class Traces {

    /** W3C Trace Context, section 3.3.1.5, wants at least so many to be passed on. */
    static final int LONGEST_STATE = 512;

    /** A traceparent of a version to come may be longer than ours, but not for ever. */
    static final int LONGEST_PARENT = 512;

    private static final String VERSION = "00-";
    private static final String SAMPLED = "-01";
    private static final String NOT_SAMPLED = "-00";
    private static final HexFormat HEX = HexFormat.of();

    /** What this thread met last: a call asks several times for what was checked already. */
    private static final ThreadLocal<@Nullable TraceContext> LAST = new ThreadLocal<>();

    private Traces() {}

    /** What the current thread works for. */
    static Optional<TraceContext> current() {
        return of(Correlation.current());
    }

    /** What metadata says. */
    static Optional<TraceContext> of(Metadata metadata) {
        Map<String, String> entries = metadata.entries();
        String parent = entries.get(Metadata.TRACEPARENT);
        if (parent == null) {
            return Optional.empty();
        }
        String state = entries.get(Metadata.TRACESTATE);
        TraceContext last = LAST.get();
        if (last != null && isWritten(last, parent, state)) {
            return Optional.of(last);
        }
        Optional<TraceContext> parsed = parse(parent, state);
        parsed.ifPresent(LAST::set);
        return parsed;
    }

    private static boolean isWritten(TraceContext context, String parent, @Nullable String state) {
        return context.traceparent().equals(parent)
                && Objects.equals(context.tracestate().orElse(null), state);
    }

    /**
     * What a header says; empty if it is no traceparent or is too long. A tracestate that is too long or no tracestate
     * is left out.
     */
    static Optional<TraceContext> parse(@Nullable String parent, @Nullable String state) {
        if (parent == null || parent.length() > LONGEST_PARENT) {
            return Optional.empty();
        }
        boolean fits = state != null && !state.isEmpty() && state.length() <= LONGEST_STATE;
        return TraceContext.parse(parent, fits ? state : null);
    }

    /**
     * What the headers of a request say. Of several traceparents none is believed; several tracestates are one, as
     * RFC 9110 joins them.
     */
    static Optional<TraceContext> parse(@Nullable List<String> parents, @Nullable List<String> states) {
        if (parents == null || parents.size() != 1) {
            return Optional.empty();
        }
        return parse(parents.get(0).strip(), states == null ? null : String.join(",", states));
    }

    /** The trace that a call came with, held to the same lengths wherever it came from. */
    static Optional<TraceContext> received(Call call) {
        return call.parent()
                .flatMap(trace -> trace.traceparent().length() <= LONGEST_PARENT
                                && trace.tracestate().map(String::length).orElse(0) <= LONGEST_STATE
                        ? Optional.of(trace)
                        : parse(trace.traceparent(), trace.tracestate().orElse(null)));
    }

    /** A new trace. */
    static TraceContext begin(boolean sampled) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String traceId = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(notZero(random));
        String flags = sampled ? SAMPLED : NOT_SAMPLED;
        return new TraceContext(VERSION + traceId + "-" + HEX.toHexDigits(notZero(random)) + flags, Optional.empty());
    }

    /** A new span of the same trace. */
    static TraceContext child(TraceContext parent) {
        String parentText = parent.traceparent();
        String flags = (Character.digit(parentText.charAt(54), 16) & 1) == 1 ? SAMPLED : NOT_SAMPLED;
        String spanId = HEX.toHexDigits(notZero(ThreadLocalRandom.current()));
        return new TraceContext(VERSION + parent.traceId() + "-" + spanId + flags, parent.tracestate());
    }

    private static long notZero(ThreadLocalRandom random) {
        long bits = random.nextLong();
        return bits == 0 ? 1 : bits;
    }

    /** The same metadata in another trace. */
    static Metadata stamped(Metadata metadata, TraceContext trace) {
        Map<String, String> entries = new HashMap<>(metadata.entries());
        entries.put(Metadata.TRACEPARENT, trace.traceparent());
        entries.remove(Metadata.TRACESTATE);
        trace.tracestate().ifPresent(state -> entries.put(Metadata.TRACESTATE, state));
        LAST.set(trace);
        return new Metadata(entries);
    }
}
