package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.StreamId;
import java.util.List;

/** An append that has taken its stream and its positions and is not committed; told apart by identity. */
final class PendingAppend {

    private final StreamId stream;
    private final AppendResult result;
    private final List<StoredEvent> events;

    PendingAppend(StreamId stream, AppendResult result, List<StoredEvent> events) {
        this.stream = stream;
        this.result = result;
        this.events = List.copyOf(events);
    }

    StreamId stream() {
        return stream;
    }

    AppendResult result() {
        return result;
    }

    /** Empty if there is nothing to store. */
    List<StoredEvent> events() {
        return events;
    }
}
