package com.portfolio.infra.ports.projection;

import java.util.Objects;

/**
 * A document with its id and version.
 *
 * @param id      the id
 * @param version how often a document was saved under this id since it was last absent, from 1
 * @param value   the document
 * @param <T>     the class of the document
 */
public record VersionedDocument<T>(String id, long version, T value) {

    public VersionedDocument {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(value, "value");
    }
}
