package com.portfolio.infra.ports.projection;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Documents that move together with the checkpoint of the projection that writes them, so that each event
 * has its effect once.
 *
 * @param <T> the class of the documents
 */
public interface CheckpointedProjectionStore<T> extends VersionedProjectionStore<T> {

    /**
     * How far the projection has come; empty if it has not begun.
     *
     * @throws ProjectionStoreException if the store can't be read
     */
    Optional<Checkpoint> checkpoint();

    /**
     * Writes documents and moves the checkpoint in one transaction.
     *
     * <p>The checkpoint moves only from the value that the writer read, so that of two projectors one wins
     * and the other is told. {@code writes} gets a view of this store which sees its own changes, and
     * which is of no use after it returned. If it throws, nothing is changed and its exception comes out.
     * It may be told of a wrong document version while it runs or when the transaction ends.
     *
     * @param from   the checkpoint that the writer read; empty if it found none
     * @param to     the checkpoint to move to
     * @param writes what to do to the documents; called once, by the current thread
     * @throws CheckpointConflictException   if the checkpoint is no longer at {@code from}; nothing was
     *         changed
     * @throws WrongDocumentVersionException if a document has another version than {@code writes} expected;
     *         nothing was changed
     * @throws ProjectionStoreException      if the store can't be written; nothing was changed, unless the
     *         connection broke while the transaction ended: then {@link #checkpoint()} tells
     */
    void advance(Optional<Checkpoint> from, Checkpoint to, Consumer<VersionedProjectionStore<T>> writes);
}
