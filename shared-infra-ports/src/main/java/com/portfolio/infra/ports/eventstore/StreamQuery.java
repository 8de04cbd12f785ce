package com.portfolio.infra.ports.eventstore;

import java.util.Objects;

/**
 * Which part of a stream to read.
 *
 * @param stream      the stream
 * @param fromVersion the version to begin with, itself included
 * @param direction   forward to greater versions or backward to smaller ones
 * @param limit       the greatest number of events to return, 1 to {@value #MAX_LIMIT}
 */
public record StreamQuery(StreamId stream, long fromVersion, Direction direction, int limit) {

    /** The number of events a page has unless something else is asked for. */
    public static final int DEFAULT_LIMIT = 500;

    /** The greatest number of events that a page may have. */
    public static final int MAX_LIMIT = 10_000;

    public StreamQuery {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(direction, "direction");
        if (fromVersion < 0) {
            throw new IllegalArgumentException(
                    "Stream '" + stream + "' can't be read from version " + fromVersion + "; versions start at 1.");
        }
        PageLimit.check(limit, MAX_LIMIT);
    }

    /** The whole stream from its first event on. */
    public static StreamQuery forward(String stream) {
        return new StreamQuery(StreamId.of(stream), 1, Direction.FORWARD, DEFAULT_LIMIT);
    }

    /** The whole stream from its last event back. */
    public static StreamQuery backward(String stream) {
        return new StreamQuery(StreamId.of(stream), Long.MAX_VALUE, Direction.BACKWARD, DEFAULT_LIMIT);
    }

    /** The same query, beginning with another version. */
    public StreamQuery from(long version) {
        return new StreamQuery(stream, version, direction, limit);
    }

    /** The same query, for pages of another size. */
    public StreamQuery limit(int events) {
        return new StreamQuery(stream, fromVersion, direction, events);
    }
}
