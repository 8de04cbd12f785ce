package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.WellFormed;
import java.util.Objects;

/**
 * A registered schema that another one uses.
 *
 * @param name    what it is called there: the URI of a {@code $ref}, or the full name of an Avro type
 * @param subject its subject
 * @param version its version, from 1
 */
@Experimental
public record SchemaReference(String name, Subject subject, int version) {

    public SchemaReference {
        WellFormed.require(name, "the name of a schema reference");
        Objects.requireNonNull(subject, "subject");
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a reference to subject '" + subject + "' is blank.");
        }
        Versions.check(version);
    }
}
