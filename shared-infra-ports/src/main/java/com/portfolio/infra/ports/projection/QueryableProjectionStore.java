package com.portfolio.infra.ports.projection;

/**
 * Documents that can be found by the fields that their projection declared, with an index.
 *
 * @param <T> the class of the documents
 */
public interface QueryableProjectionStore<T> extends ProjectionStore<T> {

    /**
     * A page of the documents that fit a query, in its order and then in that of their ids.
     *
     * <p>Documents that are saved or deleted between two pages do not shift the others.
     *
     * @throws IllegalArgumentException if the query names a field that the projection did not declare, or
     *         compares it with a value of another kind
     * @throws ProjectionStoreException if the store can't be read, or a document does not fit its class
     */
    DocumentPage<T> query(DocumentQuery query, PageRequest page);
}
