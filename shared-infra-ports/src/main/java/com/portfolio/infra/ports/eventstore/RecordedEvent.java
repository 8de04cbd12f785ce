package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventCodecException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in a stream and in the log.
 *
 * <p>{@link #data()} always works. {@link #payload()} and {@link #metadata()} decode on first use and
 * keep what they decoded, so that whoever passes an event by does not pay for it. Immutable to its
 * readers and thread-safe.
 */
public final class RecordedEvent {

    private final UUID id;
    private final StreamId stream;
    private final long version;
    private final Position position;
    private final Instant recordedAt;
    private final EncodedPayload encoded;
    private final String encodedMetadata;
    private final EventCodec codec;

    // Two threads may decode at once; both then hold equal values.
    private volatile @Nullable DomainEvent payload;
    private volatile @Nullable Metadata metadata;

    /**
     * For adapters.
     *
     * @param encodedMetadata as {@link EventCodec#encodeMetadata} wrote it
     * @param codec           decodes payload and metadata when they are asked for
     */
    public RecordedEvent(
            UUID id,
            StreamId stream,
            long version,
            Position position,
            Instant recordedAt,
            EncodedPayload encoded,
            String encodedMetadata,
            EventCodec codec) {
        this.id = Objects.requireNonNull(id, "id");
        this.stream = Objects.requireNonNull(stream, "stream");
        this.version = version;
        this.position = Objects.requireNonNull(position, "position");
        this.recordedAt = Objects.requireNonNull(recordedAt, "recordedAt");
        this.encoded = Objects.requireNonNull(encoded, "encoded");
        this.encodedMetadata = Objects.requireNonNull(encodedMetadata, "encodedMetadata");
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /** The id that the event was appended with. */
    public UUID id() {
        return id;
    }

    /** The stream that the event belongs to. */
    public StreamId stream() {
        return stream;
    }

    /** The event's place in its stream, from 1. */
    public long version() {
        return version;
    }

    /** The event's place in the log. */
    public Position position() {
        return position;
    }

    /** When the store took the event, by the store's clock; not an order. */
    public Instant recordedAt() {
        return recordedAt;
    }

    /** The logical type and the schema version that the event was written with. */
    public EventType type() {
        return encoded.type();
    }

    /** The payload as it was stored, to the character. */
    public String data() {
        return encoded.data();
    }

    /**
     * The payload.
     *
     * @throws EventNotDecodableException if no class of this service fits it
     */
    public DomainEvent payload() {
        DomainEvent decoded = payload;
        if (decoded == null) {
            decoded = decodePayload();
            payload = decoded;
        }
        return decoded;
    }

    /**
     * The payload, as a type that it must be of.
     *
     * @throws EventNotDecodableException if no class of this service fits it, or one that is not a {@code T}
     */
    public <T> T payload(Class<T> expected) {
        DomainEvent decoded = payload();
        if (!expected.isInstance(decoded)) {
            throw new EventNotDecodableException(
                    this, "it is a " + decoded.getClass().getName() + ", not a " + expected.getName(), null);
        }
        return expected.cast(decoded);
    }

    /** What travelled with the event. */
    public Metadata metadata() {
        Metadata decoded = metadata;
        if (decoded == null) {
            try {
                decoded = codec.decodeMetadata(encodedMetadata);
            } catch (EventCodecException e) {
                throw new EventNotDecodableException(this, e.getMessage(), e);
            }
            metadata = decoded;
        }
        return decoded;
    }

    private DomainEvent decodePayload() {
        Object decoded;
        try {
            decoded = codec.decode(encoded);
        } catch (EventCodecException e) {
            throw new EventNotDecodableException(this, e.getMessage(), e);
        }
        if (decoded instanceof DomainEvent event) {
            return event;
        }
        throw new EventNotDecodableException(
                this, decoded.getClass().getName() + " does not implement DomainEvent", null);
    }

    /** Equal events have the same id at the same place. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedEvent event
                && id.equals(event.id)
                && stream.equals(event.stream)
                && version == event.version
                && position.equals(event.position);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Names the event, without its payload and metadata. */
    @Override
    public String toString() {
        return "RecordedEvent[" + encoded.type() + " at version " + version + " of stream '" + stream + "', position "
                + position + ", id " + id + "]";
    }
}
