package com.portfolio.infra.ports.eventstore;

/**
 * A place in the log: that of an event, or {@link #START} before all events.
 *
 * <p>Positions of later events are greater, within a stream and in the order in which a log hands events
 * out. They have gaps, and mean something only within the log of one {@link LogId}.
 *
 * @param value 0 for the start, otherwise greater than 0
 */
public record Position(long value) implements Comparable<Position> {

    /** Before the first event. */
    public static final Position START = new Position(0);

    public Position {
        if (value < 0) {
            throw new IllegalArgumentException("A position must not be negative, but is " + value + ".");
        }
    }

    /** The position of that value. */
    public static Position of(long value) {
        return value == 0 ? START : new Position(value);
    }

    /** Whether this position comes after another. */
    public boolean isAfter(Position other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
