package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;

/** The language that a schema is written in. */
@Experimental
public enum SchemaFormat {
    /** <a href="https://json-schema.org/">JSON Schema</a>, draft-07 or 2020-12, as its {@code $schema} says. */
    JSON_SCHEMA,
    /** <a href="https://avro.apache.org/docs/">Apache Avro</a>. */
    AVRO
}
