package com.portfolio.infra.testing.memory;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.portfolio.infra.ports.schema.InvalidSchemaException;
import com.portfolio.infra.ports.schema.Schema;
import com.portfolio.infra.ports.schema.SchemaFormat;
import com.portfolio.infra.ports.schema.SchemaReference;
import com.portfolio.infra.ports.schema.Subject;
import java.util.Set;

/**
 * What two schemas that are the same have in common: their JSON, without white space and with sorted keys.
 *
 * @param json       the text in that form
 * @param references in no order
 */
record CanonicalSchema(SchemaFormat format, String json, Set<SchemaReference> references) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    /**
     * @throws InvalidSchemaException if the text is no JSON, or JSON that can't be a schema
     */
    static CanonicalSchema of(Subject subject, Schema schema) {
        try {
            JsonNode json = JSON.readTree(schema.text());
            if (!canBeSchema(schema.format(), json)) {
                throw new InvalidSchemaException(
                        subject, "no " + schema.format() + " schema is a JSON " + json.getNodeType(), null);
            }
            return new CanonicalSchema(schema.format(), JSON.writeValueAsString(json), Set.copyOf(schema.references()));
        } catch (JacksonException e) {
            throw new InvalidSchemaException(subject, "it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static boolean canBeSchema(SchemaFormat format, JsonNode json) {
        return json.isObject()
                || switch (format) {
                    case JSON_SCHEMA -> json.isBoolean();
                    case AVRO -> json.isTextual() || json.isArray();
                };
    }
}
