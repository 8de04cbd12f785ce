package com.portfolio.infra.ports.projection;

import java.util.Optional;

/**
 * Documents with versions, so that two writers who read the same version are told apart.
 *
 * <p>A document's version is the number of saves under its id since it was last absent; a document that
 * is not there has version 0. Saves without an expected version count as well.
 *
 * <p>When the answer to a call was lost (see {@link ProjectionStore}), repeating it with the same expected
 * version is safe, and a {@link WrongDocumentVersionException} may then be about the writer's own first
 * call: {@link #findVersioned} tells.
 *
 * @param <T> the class of the documents
 */
public interface VersionedProjectionStore<T> extends ProjectionStore<T> {

    /**
     * The document of an id with its version, if there is one.
     *
     * @throws ProjectionStoreException if the store can't be read, or the document does not fit its class
     */
    Optional<VersionedDocument<T>> findVersioned(String id);

    /**
     * Saves a document if the one that is there has the expected version.
     *
     * @param expectedVersion 0 for a document that must not be there yet
     * @return the document's new version
     * @throws WrongDocumentVersionException if it has another version; what was there is unchanged
     * @throws ProjectionStoreException      if the document can't be written
     */
    long save(String id, T document, long expectedVersion);

    /**
     * Deletes a document if it has the expected version.
     *
     * @param expectedVersion at least 1
     * @throws WrongDocumentVersionException if it has another version, or is not there; nothing was deleted
     * @throws ProjectionStoreException      if the store can't be written
     */
    void delete(String id, long expectedVersion);
}
