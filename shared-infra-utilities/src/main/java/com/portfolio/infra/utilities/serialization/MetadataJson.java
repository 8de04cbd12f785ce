package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.portfolio.infra.ports.event.Metadata;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/** Metadata as a JSON object of strings. */
final class MetadataJson {

    private static final String EMPTY = "{}";

    private final JsonFactory factory;

    MetadataJson(JsonFactory factory) {
        this.factory = factory;
    }

    String write(Metadata metadata) throws IOException {
        if (metadata.isEmpty()) {
            return EMPTY;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> entry : metadata.entries().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    Metadata read(String text) throws IOException {
        if (text.equals(EMPTY)) {
            return Metadata.empty();
        }
        Map<String, String> entries = new HashMap<>();
        try (JsonParser json = factory.createParser(text)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            String name;
            while ((name = json.nextFieldName()) != null) {
                String value = json.nextTextValue();
                require(value != null && entries.put(name, value) == null);
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        }
        return new Metadata(entries);
    }

    private static void require(boolean asWritten) {
        if (!asWritten) {
            throw new RefusedException("not a JSON object of strings");
        }
    }
}
