package com.portfolio.infra.ports.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A stream's events, in version order.
 *
 * @param stream  the stream
 * @param version the stream's version when it was loaded; 0 if nobody wrote to it
 * @param events  the events that were asked for
 */
public record LoadedStream(StreamId stream, long version, List<RecordedEvent> events) {

    public LoadedStream {
        Objects.requireNonNull(stream, "stream");
        events = List.copyOf(events);
    }

    /** Whether anybody wrote to the stream. */
    public boolean exists() {
        return version > 0;
    }

    /** What to expect when appending events that were decided on from this state. */
    public ExpectedVersion expectedVersion() {
        return ExpectedVersion.exactly(version);
    }

    /**
     * The payloads, each of a type that it must be of.
     *
     * @throws EventNotDecodableException naming the first event that no class of this service fits
     */
    public <T> List<T> payloads(Class<T> type) {
        List<T> payloads = new ArrayList<>(events.size());
        for (RecordedEvent event : events) {
            payloads.add(event.payload(type));
        }
        return payloads;
    }
}
