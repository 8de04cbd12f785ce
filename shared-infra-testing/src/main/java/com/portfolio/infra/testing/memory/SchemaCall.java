package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.schema.Subject;
import java.util.Optional;

/**
 * A call of an {@link InMemorySchemaRegistry}, to tell those that are to fail from others.
 *
 * @param operation what is done
 * @param subject   whose schemas it is about; empty where a schema is looked for by its id
 */
public record SchemaCall(Operation operation, Optional<Subject> subject) {

    /** What is done. */
    public enum Operation {
        /** A schema is registered. */
        REGISTER,
        /** A schema is looked for by its id. */
        FIND_BY_ID,
        /** A schema is looked for by its text. */
        LOOKUP,
        /** One version is read, the latest included. */
        VERSION,
        /** The versions are listed. */
        VERSIONS,
        /** A schema is compared without being registered. */
        CHECK,
        /** The mode is read. */
        COMPATIBILITY,
        /** The mode is set. */
        SET_COMPATIBILITY
    }
}
