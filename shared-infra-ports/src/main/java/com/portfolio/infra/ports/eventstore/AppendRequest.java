package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Events for one stream, which are stored together or not at all.
 *
 * <p>The request fixes the ids of its events: appending the same request again is how a caller repeats
 * safely.
 *
 * @param stream   where the events go
 * @param expected what the stream must look like
 * @param events   in their order; may be empty, which only checks {@code expected}
 * @param metadata for each of the events, beneath their own; see {@link #metadataOf}
 */
public record AppendRequest(StreamId stream, ExpectedVersion expected, List<NewEvent> events, Metadata metadata) {

    /**
     * @throws NullPointerException     naming what is missing, down to the index of an event
     * @throws IllegalArgumentException if two events have the same id
     */
    public AppendRequest {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(metadata, "metadata");
        Set<UUID> ids = new HashSet<>();
        int index = 0;
        for (NewEvent event : events) {
            Objects.requireNonNull(event, "events[" + index + "]");
            if (!ids.add(event.id())) {
                throw new IllegalArgumentException("Two events of one append to stream '" + stream + "' have the id "
                        + event.id() + ", the second at index " + index + ".");
            }
            index++;
        }
        events = List.copyOf(events);
    }

    /**
     * A request for events with new ids, which carries the {@linkplain Correlation#current() correlation}
     * of the current thread.
     */
    public static AppendRequest of(String stream, ExpectedVersion expected, List<? extends DomainEvent> payloads) {
        Objects.requireNonNull(payloads, "events");
        List<NewEvent> events = new ArrayList<>(payloads.size());
        for (DomainEvent payload : payloads) {
            events.add(NewEvent.of(Objects.requireNonNull(payload, "events[" + events.size() + "]")));
        }
        return ofEvents(stream, expected, events);
    }

    /**
     * A request for events with ids of the caller's, which carries the
     * {@linkplain Correlation#current() correlation} of the current thread.
     */
    public static AppendRequest ofEvents(String stream, ExpectedVersion expected, List<NewEvent> events) {
        return new AppendRequest(StreamId.of(stream), expected, events, Correlation.current());
    }

    /** The same request with further metadata, which replaces entries of the same name. */
    public AppendRequest with(Metadata more) {
        return new AppendRequest(stream, expected, events, metadata.with(more));
    }

    /** What is stored as an event's metadata: the request's entries, replaced by the event's own. */
    public Metadata metadataOf(NewEvent event) {
        return metadata.with(event.metadata());
    }
}
