package com.portfolio.infra.ports.eventstore;

import java.util.List;
import java.util.Objects;

/**
 * A part of a log.
 *
 * @param log     which incarnation of the log it is of: the {@link EventLog#id() id} at the moment of reading
 * @param events  in the order of their positions
 * @param through how far was looked: every event at or before this position that passes the filter is
 *                among these events or was before the query began. Read on from here; it may be beyond
 *                the last event, and is never before the position that the query began after
 * @param atEnd   whether the log had nothing more to hand out when the page was read
 */
public record LogPage(LogId log, List<RecordedEvent> events, Position through, boolean atEnd) {

    public LogPage {
        Objects.requireNonNull(log, "log");
        events = List.copyOf(events);
        Objects.requireNonNull(through, "through");
    }
}
