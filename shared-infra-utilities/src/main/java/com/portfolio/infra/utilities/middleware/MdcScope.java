package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.TraceContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids of a request in the MDC, and what stood there before.
 *
 * <p>An id that is not known leaves alone what others put there under its name.
 */
final class MdcScope {

    private static final int KEYS = 4;
    private static final String[] NAMES = {
        LoggingMiddleware.CORRELATION_ID,
        LoggingMiddleware.CAUSATION_ID,
        LoggingMiddleware.TRACE_ID,
        LoggingMiddleware.SPAN_ID
    };

    private static final MdcScope EMPTY = new MdcScope(new String[KEYS]);

    private final @Nullable String[] ids;

    private MdcScope(@Nullable String[] ids) {
        this.ids = ids;
    }

    static MdcScope of(Metadata metadata, Optional<TraceContext> trace) {
        if (metadata.isEmpty() && trace.isEmpty()) {
            return EMPTY;
        }
        @Nullable String[] ids = new String[KEYS];
        ids[0] = metadata.correlationId().map(LogText::id).orElse(null);
        ids[1] = metadata.causationId().map(LogText::id).orElse(null);
        if (trace.isPresent()) {
            ids[2] = trace.get().traceId();
            ids[3] = trace.get().parentId();
        }
        return new MdcScope(ids);
    }

    /** Puts the ids there; what it returns brings back what stood there before, and only that. */
    Restore open() {
        if (this == EMPTY) {
            return Restore.NOTHING;
        }
        @Nullable String[] before = new String[KEYS];
        for (int i = 0; i < KEYS; i++) {
            String id = ids[i];
            if (id != null) {
                before[i] = MDC.get(NAMES[i]);
                MDC.put(NAMES[i], id);
            }
        }
        return () -> restore(before);
    }

    private void restore(@Nullable String[] before) {
        for (int i = 0; i < KEYS; i++) {
            String old = before[i];
            if (ids[i] == null) {
                continue;
            }
            if (old == null) {
                MDC.remove(NAMES[i]);
            } else {
                MDC.put(NAMES[i], old);
            }
        }
    }

    /** Brings back what stood there before. */
    @FunctionalInterface
    interface Restore {

        Restore NOTHING = () -> {};

        void run();
    }
}
