package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.WellFormed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A schema as it is written. Whether it can be parsed shows when a registry gets it.
 *
 * @param format     the language that it is written in
 * @param text       the schema itself; two that differ in white space are not equal, though the same to a
 *                   registry
 * @param references registered schemas that it uses, each under a name of its own
 */
@Experimental
public record Schema(SchemaFormat format, String text, List<SchemaReference> references) {

    public Schema {
        Objects.requireNonNull(format, "format");
        WellFormed.require(text, "the schema");
        references = List.copyOf(references);
        Set<String> names = new HashSet<>();
        for (SchemaReference reference : references) {
            if (!names.add(reference.name())) {
                throw new IllegalArgumentException(
                        "Two references of a schema have the name '" + reference.name() + "'.");
            }
        }
    }

    /** A JSON Schema without references. */
    public static Schema json(String text) {
        return new Schema(SchemaFormat.JSON_SCHEMA, text, List.of());
    }

    /** An Avro schema without references. */
    public static Schema avro(String text) {
        return new Schema(SchemaFormat.AVRO, text, List.of());
    }

    /**
     * The same schema with one more reference.
     *
     * @throws IllegalArgumentException if it has one of that name
     */
    public Schema with(SchemaReference reference) {
        List<SchemaReference> more = new ArrayList<>(references);
        more.add(reference);
        return new Schema(format, text, more);
    }
}
