package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;

/**
 * A schema in its place.
 *
 * @param id      its number in the registry
 * @param subject what it is a version of
 * @param version which one, from 1
 * @param schema  the schema, as it was registered the first time or in its canonical form
 */
@Experimental
public record RegisteredSchema(SchemaId id, Subject subject, int version, Schema schema) {

    public RegisteredSchema {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        Versions.check(version);
    }
}
