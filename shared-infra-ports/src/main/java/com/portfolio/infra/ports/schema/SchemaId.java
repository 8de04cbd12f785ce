package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;

/**
 * The number under which a registry keeps a schema, for ever the same one.
 *
 * @param value at least 1; fits the four bytes that it has in front of a message in Confluent's wire
 *              format
 */
@Experimental
public record SchemaId(int value) {

    public SchemaId {
        if (value < 1) {
            throw new IllegalArgumentException("A schema id must be at least 1, not " + value + ".");
        }
    }

    /** The id of that number. */
    public static SchemaId of(int value) {
        return new SchemaId(value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
