package com.portfolio.infra.crash;

import java.util.List;
import java.util.Map;

/**
 * All that is known when a run is over.
 *
 * @param log        every event, as a fresh reader of the log got them
 * @param rows       the number of events that the tables hold, past all reading
 * @param streams    every stream that somebody meant to write to, as a fresh reader got it
 * @param writer     what the writers said
 * @param watcher    what the plain subscriber said
 * @param projection the documents of the subscriber whose effects are once
 */
record History(
        List<StoredEvent> log,
        long rows,
        Map<String, Stream> streams,
        List<Report> writer,
        List<Report> watcher,
        Map<String, Tally> projection) {

    /** The same, with what the subscribers said and did. */
    History with(List<Report> seen, Map<String, Tally> projected) {
        return new History(log, rows, streams, writer, seen, projected);
    }

    /** A stream's version and events. */
    record Stream(long version, List<StoredEvent> events) {}
}
