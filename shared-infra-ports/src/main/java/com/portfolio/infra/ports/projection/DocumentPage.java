package com.portfolio.infra.ports.projection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of documents.
 *
 * @param documents in the order of the list or query
 * @param next      the page after this one; empty at the end
 * @param <T>       the class of the documents
 */
public record DocumentPage<T>(List<Document<T>> documents, Optional<PageRequest> next) {

    public DocumentPage {
        documents = List.copyOf(documents);
        Objects.requireNonNull(next, "next");
    }
}
