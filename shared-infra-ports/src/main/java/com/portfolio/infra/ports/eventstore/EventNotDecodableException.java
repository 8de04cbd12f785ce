package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * No class of this service fits a stored event. The event is unharmed, its
 * {@linkplain RecordedEvent#data() raw data} can be read, and other events are not affected.
 */
public final class EventNotDecodableException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final transient StreamId stream;
    private final long version;
    private final transient EventType type;

    public EventNotDecodableException(RecordedEvent event, @Nullable String why, @Nullable Throwable cause) {
        super(
                "Event " + event.version() + " of stream '" + event.stream() + "', of type " + event.type()
                        + ", can't be decoded: " + why + ". Its raw data is available.",
                cause,
                false);
        this.stream = event.stream();
        this.version = event.version();
        this.type = event.type();
    }

    /** The stream of the event. */
    public StreamId stream() {
        return stream;
    }

    /** The event's place in its stream. */
    public long version() {
        return version;
    }

    /** The type that the event was stored with. */
    public EventType type() {
        return type;
    }
}
