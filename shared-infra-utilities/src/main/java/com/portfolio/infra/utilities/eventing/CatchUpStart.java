package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.Position;
import java.util.Optional;

/** Where in the log a subscription begins. */
public sealed interface CatchUpStart permits CatchUpStart.Beginning, CatchUpStart.End, CatchUpStart.After {

    /** With the first event of the log. */
    static CatchUpStart beginning() {
        return new Beginning();
    }

    /** With the first event that is appended after the subscription has reached the log. */
    static CatchUpStart end() {
        return new End();
    }

    /** With the first event after a checkpoint. */
    static CatchUpStart after(Checkpoint checkpoint) {
        return new After(checkpoint);
    }

    /** With the first event after a checkpoint, or with the first of all if there is no checkpoint yet. */
    static CatchUpStart after(Optional<Checkpoint> checkpoint) {
        return checkpoint.map(CatchUpStart::after).orElseGet(CatchUpStart::beginning);
    }

    /**
     * The checkpoint to read on from.
     *
     * @throws com.portfolio.infra.ports.eventstore.CheckpointRefusedException if it is not of this log
     */
    Checkpoint in(EventLog log);

    /** See {@link #beginning()}. */
    record Beginning() implements CatchUpStart {

        @Override
        public Checkpoint in(EventLog log) {
            return new Checkpoint(log.id(), Position.START);
        }
    }

    /** See {@link #end()}. */
    record End() implements CatchUpStart {

        @Override
        public Checkpoint in(EventLog log) {
            return new Checkpoint(log.id(), log.head());
        }
    }

    /**
     * See {@link #after(Checkpoint)}.
     *
     * @param checkpoint how far the reader had come
     */
    record After(Checkpoint checkpoint) implements CatchUpStart {

        @Override
        public Checkpoint in(EventLog log) {
            log.verify(checkpoint);
            return checkpoint;
        }
    }
}
