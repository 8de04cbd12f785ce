package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.projection.DocumentNotConvertibleException;
import com.portfolio.infra.utilities.serialization.JsonConversionException;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Objects;

/** Turns the documents of one projection into text and back, as a database makes it do. */
final class DocumentText<T> {

    private final String projection;
    private final Class<T> type;
    private final JsonDocuments json;

    DocumentText(String projection, Class<T> type, JsonDocuments json) {
        this.projection = projection;
        this.type = Objects.requireNonNull(type, "type");
        this.json = Objects.requireNonNull(json, "json");
    }

    String write(String id, T document) {
        try {
            return json.write(document);
        } catch (JsonConversionException e) {
            throw new DocumentNotConvertibleException(projection, id, String.valueOf(e.getMessage()), e);
        }
    }

    T read(String id, String text) {
        try {
            return json.read(text, type);
        } catch (JsonConversionException e) {
            throw new DocumentNotConvertibleException(projection, id, String.valueOf(e.getMessage()), e);
        }
    }
}
