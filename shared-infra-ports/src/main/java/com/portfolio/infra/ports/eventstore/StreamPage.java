package com.portfolio.infra.ports.eventstore;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of a stream.
 *
 * @param stream  the stream
 * @param version the stream's version when the page was read; 0 if nobody wrote to it
 * @param events  in the order that was asked for
 * @param next    what reads on from here; empty at the end of the stream, as it was when the page was read
 */
public record StreamPage(StreamId stream, long version, List<RecordedEvent> events, Optional<StreamQuery> next) {

    public StreamPage {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(next, "next");
        events = List.copyOf(events);
    }

    /**
     * The page that answers a query, for adapters.
     *
     * @param events those that the query asked for, no more than its limit
     */
    public static StreamPage of(StreamQuery query, long version, List<RecordedEvent> events) {
        return new StreamPage(query.stream(), version, events, next(query, version, events));
    }

    private static Optional<StreamQuery> next(StreamQuery query, long version, List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        long last = events.get(events.size() - 1).version();
        return switch (query.direction()) {
            case FORWARD -> last < version ? Optional.of(query.from(last + 1)) : Optional.empty();
            case BACKWARD -> last > 1 ? Optional.of(query.from(last - 1)) : Optional.empty();
        };
    }
}
