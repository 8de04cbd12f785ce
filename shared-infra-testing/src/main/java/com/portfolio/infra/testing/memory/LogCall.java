package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.LogQuery;
import java.util.Optional;

/**
 * A call of an {@link InMemoryEventLog}, to tell those that are to fail from others.
 *
 * @param operation what is done
 * @param query     what is read, where a page is
 */
public record LogCall(Operation operation, Optional<LogQuery> query) {

    /** What is done. */
    public enum Operation {
        /** A page is read. */
        READ,
        /** The head is asked for. */
        HEAD,
        /** More is waited for. */
        AWAIT,
        /** The id is asked for. */
        ID
    }

    static LogCall of(Operation operation) {
        return new LogCall(operation, Optional.empty());
    }

    static LogCall read(LogQuery query) {
        return new LogCall(Operation.READ, Optional.of(query));
    }
}
