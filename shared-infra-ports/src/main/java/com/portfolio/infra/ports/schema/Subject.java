package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.WellFormed;

/**
 * What the versions of a schema belong to.
 *
 * @param value 1 to 255 characters of well-formed Unicode, not blank and without control characters
 */
@Experimental
public record Subject(String value) {

    /** The greatest length of a subject, in characters. */
    public static final int MAX_LENGTH = 255;

    public Subject {
        WellFormed.require(value, "the subject");
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A subject must have 1 to " + MAX_LENGTH
                    + " characters and not be blank; this one has " + value.length() + ".");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A subject must not contain control characters.");
        }
    }

    /** The subject of that name. */
    public static Subject of(String value) {
        return new Subject(value);
    }

    /** The subject of an event type: its name, whatever its schema version. */
    public static Subject of(EventType type) {
        return new Subject(type.name());
    }

    @Override
    public String toString() {
        return value;
    }
}
