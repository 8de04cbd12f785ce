package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * What an adapter hands to the kits of {@link EventStore} and {@link EventLog}.
 *
 * <p>One fixture may serve all tests, and its database may hold other events: each test uses streams of its
 * own. Tests of one fixture must not run at the same time, as some hold its log back or restore it. The
 * kits do not close the fixture; the test class that made it does.
 *
 * <p>The optional parts are traits: a fixture that lacks one says so, and the kits assert what is true then.
 */
public interface EventStoreFixture extends AutoCloseable {

    /** A store with the codec {@link KitCodecs#current()}. */
    EventStore store();

    /** A store over the same data with another codec: that of another service, or of another version. */
    EventStore storeWith(EventCodec codec);

    /** The log of the store, with the codec {@link KitCodecs#current()}. */
    EventLog log();

    /** What an operator may do to streams. */
    StreamOperator operator();

    /** Trait: an append can be held open. */
    default Optional<OpenAppends> openAppends() {
        return Optional.empty();
    }

    /** Trait: an append can join a transaction of its caller's. */
    default Optional<JoinedTransactions> joinedTransactions() {
        return Optional.empty();
    }

    /** Trait: the connection of an append can be broken. */
    default Optional<BrokenAppends> brokenAppends() {
        return Optional.empty();
    }

    /** Trait: the log can be restored from a backup. */
    default Optional<LogRestore> restore() {
        return Optional.empty();
    }

    /** Trait: something else can have a transaction open beside the store. */
    default Optional<UnrelatedTransactions> unrelatedTransactions() {
        return Optional.empty();
    }

    /** Trait: the log can be made unreachable for a while. */
    default Optional<Outages> outages() {
        return Optional.empty();
    }

    /** How long the kits wait for what should happen soon. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    @Override
    default void close() {}

    /** Holds appends open. */
    @FunctionalInterface
    interface OpenAppends {

        /** Appends, so that only the commit is missing. */
        OpenAppend open(AppendRequest request);
    }

    /** Begins transactions that appends can join. */
    interface JoinedTransactions {

        /** Begins one. */
        JoinedTransaction begin();

        /** Whether a row that was written in one of them was committed. */
        boolean hasCommitted(String row);
    }

    /** Breaks the connection of appends. */
    @FunctionalInterface
    interface BrokenAppends {

        /**
         * Breaks the connection of the next append.
         *
         * @param stored whether the append reaches the store before; only its answer is lost then
         * @return tells whether it has happened
         */
        BrokenAppend breakNext(boolean stored);
    }

    /** The connection of one append, to be broken. */
    @FunctionalInterface
    interface BrokenAppend {

        /** Whether it has been broken. */
        boolean hasHappened();
    }

    /** Restores the log from a backup. */
    @FunctionalInterface
    interface LogRestore {

        /**
         * Brings back the state in which the log ended at a position: later events are gone, their positions
         * are given out again, and the log is another incarnation.
         */
        void restoreTo(Position position);
    }

    /** Opens transactions that have nothing to do with the store, on its server. */
    @FunctionalInterface
    interface UnrelatedTransactions {

        /** Begins one that has written something; what it gives ends it. */
        Runnable begin();
    }

    /** Takes the log away for a while. */
    @FunctionalInterface
    interface Outages {

        /** Begins an outage; until what it gives is run, no call of the log succeeds. */
        Runnable begin();
    }
}
