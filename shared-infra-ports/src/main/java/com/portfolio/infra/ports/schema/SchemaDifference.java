package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;

/**
 * One thing that makes a new schema incompatible with a registered version.
 *
 * @param kind    what changed
 * @param breaks  who is hurt
 * @param version the registered version that the new schema was compared with, from 1
 * @param path    where, as a JSON path into the schema, such as {@code $.properties.amount}
 * @param message one sentence that says what changed and why it hurts
 */
@Experimental
public record SchemaDifference(Kind kind, Breaks breaks, int version, String path, String message) {

    public SchemaDifference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(breaks, "breaks");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Versions.check(version);
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("A JSON path starts with '$', unlike '" + path + "'.");
        }
    }

    @Override
    public String toString() {
        return message + " (" + kind + " at " + path + ", " + breaks + " with version " + version + ")";
    }

    /** Who is hurt by a difference. */
    @Experimental
    public enum Breaks {
        /** The new schema does not accept a document that the registered version accepts. */
        BACKWARD,
        /** The registered version does not accept a document that the new schema accepts. */
        FORWARD
    }

    /** What changed, from the registered version to the new schema; of either format unless it says so. */
    @Experimental
    public enum Kind {
        /** The schema is written in another language. */
        FORMAT_CHANGED,
        /** Another type, or other types of several. */
        TYPE_CHANGED,
        /** Another name for a named type (Avro). */
        NAME_CHANGED,
        /** A property or field is new. */
        PROPERTY_ADDED,
        /** A property or field is gone. */
        PROPERTY_REMOVED,
        /** What must be there: a property is required, a field has no default, or no longer. */
        REQUIRED_CHANGED,
        /** Which properties or items may be there beyond the listed ones (JSON Schema). */
        CONTENT_MODEL_CHANGED,
        /** Which values an enumeration or constant has. */
        ENUM_CHANGED,
        /** A bound of numbers, lengths or counts, or the size of a fixed type. */
        BOUND_CHANGED,
        /** A pattern or format of text (JSON Schema). */
        PATTERN_CHANGED,
        /** The branches of a union, of {@code oneOf}, {@code anyOf} or {@code allOf}, or {@code not}. */
        BRANCHES_CHANGED,
        /** Something else, which is not known to be harmless, or is too intricate to decide. */
        OTHER
    }
}
