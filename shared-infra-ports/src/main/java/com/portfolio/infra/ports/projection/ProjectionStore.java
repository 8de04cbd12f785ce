package com.portfolio.infra.ports.projection;

import java.util.Optional;

/**
 * The documents of one projection, by id.
 *
 * <p>An id has 1 to {@value DocumentIds#MAX_LENGTH} characters of well-formed Unicode without U+0000; any
 * other is an {@link IllegalArgumentException} before anything is sent. What is found equals what was
 * saved.
 *
 * <p>A call that fails changed nothing, with one exception: if the connection broke before the answer
 * came, which is a {@link ProjectionStoreUnavailableException}, it is unknown whether the call came
 * through. Saving or deleting again leaves what was meant to be there. Calls block. Thread-safe. Every implementation passes {@code ProjectionStoreContract} of
 * {@code shared-infra-testing}.
 *
 * @param <T> the class of the documents
 */
public interface ProjectionStore<T> {

    /**
     * The document of an id, if there is one.
     *
     * @throws ProjectionStoreException if the store can't be read, or the document does not fit its class
     */
    Optional<T> find(String id);

    /**
     * A page of documents in the order of their ids, by code point.
     *
     * <p>Documents that are saved or deleted between two pages do not shift the others: each document
     * that was there all the time is on exactly one page.
     *
     * @throws ProjectionStoreException if the store can't be read, or a document does not fit its class
     */
    DocumentPage<T> list(PageRequest page);

    /**
     * Saves a document, in place of the one that was there, if any.
     *
     * @throws ProjectionStoreException if the document can't be written
     */
    void save(String id, T document);

    /**
     * Deletes a document.
     *
     * @return whether there was one
     * @throws ProjectionStoreException if the store can't be written
     */
    boolean delete(String id);
}
