package com.portfolio.infra.utilities.resilience;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.Metadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What belongs to the caller's thread and has to go along when its call runs on another one.
 *
 * @param correlation of its events and messages
 * @param logging     the MDC; null if it is empty
 */
record CallerContext(Metadata correlation, @Nullable Map<String, String> logging) {

    static CallerContext capture() {
        return new CallerContext(Correlation.current(), MDC.getCopyOfContextMap());
    }

    /** Runs something in this context, and leaves the thread as it was. */
    <T, X extends Exception> T call(ResilientCall<T, X> call) throws X {
        Map<String, String> before = MDC.getCopyOfContextMap();
        set(logging);
        Correlation.Scope scope = Correlation.open(correlation);
        try {
            return call.call();
        } finally {
            scope.close();
            set(before);
        }
    }

    private static void set(@Nullable Map<String, String> logging) {
        if (logging == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(logging);
        }
    }
}
