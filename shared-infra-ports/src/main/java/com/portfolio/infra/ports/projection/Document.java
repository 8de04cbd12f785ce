package com.portfolio.infra.ports.projection;

import java.util.Objects;

/**
 * A document with its id.
 *
 * @param id    the id
 * @param value the document
 * @param <T>   the class of the document
 */
public record Document<T>(String id, T value) {

    public Document {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(value, "value");
    }
}
