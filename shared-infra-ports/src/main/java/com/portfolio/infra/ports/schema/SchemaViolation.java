package com.portfolio.infra.ports.schema;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;

/**
 * One place where a payload does not fit its schema.
 *
 * @param path    where, as a JSON path into the payload, such as {@code $.amount}
 * @param message what the schema demands there; holds no value of the payload
 */
@Experimental
public record SchemaViolation(String path, String message) {

    public SchemaViolation {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("A JSON path starts with '$', unlike '" + path + "'.");
        }
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
