package com.portfolio.infra.ports.eventstore;

import java.util.Objects;

/**
 * Which part of a log to read.
 *
 * @param after  the position to read on from; its own event is not included
 * @param filter which events to return
 * @param limit  the greatest number of events to return, 1 to {@value #MAX_LIMIT}
 */
public record LogQuery(Position after, LogFilter filter, int limit) {

    /** The number of events a page has unless something else is asked for. */
    public static final int DEFAULT_LIMIT = 500;

    /** The greatest number of events that a page may have. */
    public static final int MAX_LIMIT = 10_000;

    public LogQuery {
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(filter, "filter");
        PageLimit.check(limit, MAX_LIMIT);
    }

    /** Everything after a position. */
    public static LogQuery after(Position position) {
        return new LogQuery(position, LogFilter.all(), DEFAULT_LIMIT);
    }

    /** The same query, from another position on. */
    public LogQuery from(Position position) {
        return new LogQuery(position, filter, limit);
    }

    /** The same query, for events that pass a filter. */
    public LogQuery matching(LogFilter events) {
        return new LogQuery(after, events, limit);
    }

    /** The same query, for pages of another size. */
    public LogQuery limit(int events) {
        return new LogQuery(after, filter, events);
    }
}
