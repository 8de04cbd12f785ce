package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.AppendResult;

/** An append of which only the commit is missing. Closing it without a commit rolls it back. */
public interface OpenAppend extends AutoCloseable {

    /** What the append will have left behind. */
    AppendResult result();

    /** Commits. */
    void commit();

    /** Rolls back; without effect on an append that was ended. */
    void rollback();

    @Override
    default void close() {
        rollback();
    }
}
