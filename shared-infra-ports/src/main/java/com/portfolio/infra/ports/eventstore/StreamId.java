package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.event.WellFormed;

/**
 * The name of a stream, such as {@code account-42}.
 *
 * @param value 1 to 255 characters of well-formed Unicode without U+0000; compared by code point
 */
public record StreamId(String value) {

    /** The greatest length of a stream's name, in characters. */
    public static final int MAX_LENGTH = 255;

    public StreamId {
        WellFormed.require(value, "the stream id");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A stream id must have 1 to " + MAX_LENGTH + " characters; this one has " + value.length() + ".");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "A stream id must not contain U+0000; this one does at index " + value.indexOf('\0') + ".");
        }
    }

    /** The stream of that name. */
    public static StreamId of(String value) {
        return new StreamId(value);
    }

    /** The part before the first {@code -}; the whole name where there is none. */
    public String category() {
        int dash = value.indexOf('-');
        return dash < 0 ? value : value.substring(0, dash);
    }

    @Override
    public String toString() {
        return value;
    }
}
