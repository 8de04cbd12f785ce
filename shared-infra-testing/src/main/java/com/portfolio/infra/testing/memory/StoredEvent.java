package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import java.time.Instant;
import java.util.UUID;

/** An event as the journal keeps it: as text, so that two readers share nothing. */
record StoredEvent(
        UUID id,
        StreamId stream,
        long version,
        long position,
        Instant recordedAt,
        EncodedPayload payload,
        String metadata) {

    RecordedEvent recorded(EventCodec codec) {
        return new RecordedEvent(id, stream, version, Position.of(position), recordedAt, payload, metadata, codec);
    }
}
