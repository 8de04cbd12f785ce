package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;

/**
 * An append whose transaction is still open.
 *
 * <p>It has its positions, nobody sees its events, and the log hands out nothing beyond them; other appends
 * to its stream wait. Closing it without {@link #commit()} rolls it back. May be ended by any thread.
 */
public final class InMemoryOpenAppend implements AutoCloseable {

    private final Journal journal;
    private final PendingAppend pending;

    InMemoryOpenAppend(Journal journal, PendingAppend pending) {
        this.journal = journal;
        this.pending = pending;
    }

    /** What the append will have left behind once it is committed. */
    public AppendResult result() {
        return pending.result();
    }

    /**
     * Makes the events visible.
     *
     * @throws EventStoreUnavailableException if the append was ended already, or the store was restored
     */
    public AppendResult commit() {
        return journal.commit(pending);
    }

    /** Stores nothing. The positions stay unused. Without effect on an append that was ended. */
    public void rollback() {
        journal.rollback(pending);
    }

    @Override
    public void close() {
        rollback();
    }
}
