package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids of a call in the MDC, and what stood there before.
 *
 * <p>An id that is not known leaves alone what others put there under its name on the caller's thread. The line of the
 * call has that too, and nothing of what another thread has there, which may be at work for somebody else.
 */
final class MdcScope {

    private static final String[] NAMES = {
        LoggingMiddleware.CORRELATION_ID,
        LoggingMiddleware.CAUSATION_ID,
        LoggingMiddleware.TRACE_ID,
        LoggingMiddleware.SPAN_ID
    };

    private final @Nullable String[] ids;
    private final @Nullable String[] before;

    private MdcScope(@Nullable String[] ids) {
        this.ids = ids;
        this.before = current();
    }

    /** Puts the ids there that are known. */
    static MdcScope open(Metadata metadata, Optional<TraceContext> trace) {
        @Nullable String[] ids = new String[NAMES.length];
        ids[0] = metadata.correlationId().map(LogText::brief).orElse(null);
        ids[1] = metadata.causationId().map(LogText::brief).orElse(null);
        if (trace.isPresent()) {
            ids[2] = trace.get().traceId();
            ids[3] = trace.get().parentId();
        }
        MdcScope scope = new MdcScope(ids);
        for (int i = 0; i < NAMES.length; i++) {
            if (ids[i] != null) {
                put(i, ids[i]);
            }
        }
        return scope;
    }

    /** Brings back what stood there before, and only that; on the same thread. */
    void leave() {
        for (int i = 0; i < NAMES.length; i++) {
            if (ids[i] != null) {
                put(i, before[i]);
            }
        }
    }

    /** Does something with the call's ids there, on whatever thread, and brings back what stood there. */
    void around(Runnable line) {
        @Nullable String[] here = current();
        for (int i = 0; i < NAMES.length; i++) {
            put(i, ids[i] == null ? before[i] : ids[i]);
        }
        try {
            line.run();
        } finally {
            for (int i = 0; i < NAMES.length; i++) {
                put(i, here[i]);
            }
        }
    }

    private static @Nullable String[] current() {
        @Nullable String[] values = new String[NAMES.length];
        for (int i = 0; i < NAMES.length; i++) {
            values[i] = MDC.get(NAMES[i]);
        }
        return values;
    }

    private static void put(int name, @Nullable String value) {
        if (value == null) {
            MDC.remove(NAMES[name]);
        } else {
            MDC.put(NAMES[name], value);
        }
    }
}
