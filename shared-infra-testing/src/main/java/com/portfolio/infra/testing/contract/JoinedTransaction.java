package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.EventStore;

/** A transaction of a service's, in which it writes rows of its own and appends. Closing it without a commit rolls it back. */
public interface JoinedTransaction extends AutoCloseable {

    /** A store whose appends are a part of the transaction. */
    EventStore store();

    /** Writes a row of the service's own. */
    void write(String row);

    /** Commits. */
    void commit();

    /** Rolls back; without effect on a transaction that was ended. */
    void rollback();

    @Override
    default void close() {
        rollback();
    }
}
