package com.portfolio.infra.benchmarks.comparison;

import java.sql.SQLException;

/** A way to read events. */
interface EventReader extends AutoCloseable {

    /** Loads a stream from its first event to its last. */
    Seen load(String stream) throws SQLException;

    /** Reads all events of all streams in their order. */
    Seen replay() throws SQLException;

    @Override
    void close();

    /**
     * Proof that events were read.
     *
     * @param events   how many
     * @param versions the sum of their versions
     */
    record Seen(long events, long versions) {

        static final Seen NOTHING = new Seen(0, 0);

        Seen and(long version) {
            return new Seen(events + 1, versions + version);
        }

        Seen and(Seen more) {
            return new Seen(events + more.events, versions + more.versions);
        }
    }
}
