package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events from rows that have {@link #COLUMNS}, from some column on. */
public final class EventRows {

    /** The columns of an event {@code e}, in the order in which they are read. */
    public static final String COLUMNS = "e.position, e.version, e.recorded_at, e.event_id, e.schema_version,"
            + " e.stream_id, e.type, e.data, e.metadata";

    private EventRows() {}

    /** Whether the current row has an event, or only the columns before {@code first}. */
    public static boolean hasEvent(ResultSet row, int first) throws SQLException {
        row.getLong(first);
        return !row.wasNull();
    }

    /** The event of the current row, whose columns begin with {@code first}. */
    public static RecordedEvent read(ResultSet row, int first, EventCodec codec) throws SQLException {
        return new RecordedEvent(
                row.getObject(first + 3, UUID.class),
                StreamId.of(row.getString(first + 5)),
                row.getLong(first + 1),
                Position.of(row.getLong(first)),
                row.getObject(first + 2, OffsetDateTime.class).toInstant(),
                new EncodedPayload(
                        new EventType(row.getString(first + 6), row.getInt(first + 4)), row.getString(first + 7)),
                metadata(row.getString(first + 8), codec),
                codec);
    }

    private static String metadata(@Nullable String stored, EventCodec codec) {
        return stored == null ? codec.encodeMetadata(Metadata.empty()) : stored;
    }
}
