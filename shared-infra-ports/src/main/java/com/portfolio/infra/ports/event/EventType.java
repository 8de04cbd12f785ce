package com.portfolio.infra.ports.event;

/**
 * The logical name of an event's type, and the version of its payload's schema.
 *
 * <p>The name, not the class, is what is stored and sent, so that a class can be renamed or moved.
 *
 * @param name          the name, such as {@code accounts.UserRegistered}; 1 to 255 characters
 * @param schemaVersion the version of the payload's shape, from 1
 */
public record EventType(String name, int schemaVersion) {

    /** The greatest length of a name, in characters. */
    public static final int MAX_NAME_LENGTH = 255;

    public EventType {
        WellFormed.require(name, "the name of an event type");
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("An event type's name must have 1 to " + MAX_NAME_LENGTH
                    + " characters, not be blank and not contain U+0000; this one has " + name.length() + ".");
        }
        if (schemaVersion < 1) {
            throw new IllegalArgumentException(
                    "The schema version of event type '" + name + "' must be at least 1, not " + schemaVersion + ".");
        }
    }

    /** The first schema version of a type. */
    public static EventType of(String name) {
        return new EventType(name, 1);
    }

    @Override
    public String toString() {
        return name + " v" + schemaVersion;
    }
}
