package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A projection: what it is called, and what its documents are.
 *
 * <pre>{@code
 * ProjectionDefinition.of("users", UserView.class).indexedBy(List.of(IndexedField.text("email", UserView::email)))
 * }</pre>
 *
 * @param name   of the projection
 * @param type   the class of its documents
 * @param json   writes and reads them; {@link JsonDocuments#create()} by default
 * @param fields what they can be found and ordered by; nothing by default
 * @param <T>    the class of the documents
 */
public record ProjectionDefinition<T>(String name, Class<T> type, JsonDocuments json, List<IndexedField<T>> fields) {

    public ProjectionDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(json, "json");
        fields = List.copyOf(fields);
    }

    /** A projection whose documents are found by their ids alone. */
    public static <T> ProjectionDefinition<T> of(String name, Class<T> type) {
        return new ProjectionDefinition<>(name, type, JsonDocuments.create(), List.of());
    }

    /** The same, with documents that are written and read in another way. */
    public ProjectionDefinition<T> json(JsonDocuments documents) {
        return new ProjectionDefinition<>(name, type, documents, fields);
    }

    /** The same, with documents that can be found and ordered by these fields. */
    public ProjectionDefinition<T> indexedBy(Collection<IndexedField<T>> indexed) {
        return new ProjectionDefinition<>(name, type, json, List.copyOf(indexed));
    }
}
