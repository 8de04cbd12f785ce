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

/** Reads events from rows that begin with two columns of the statement's own, followed by {@link #COLUMNS}. */
public final class EventRows {

    /** The columns of an event {@code e}, in the order in which they are read. */
    public static final String COLUMNS = "e.position, e.version, e.recorded_at, e.event_id, e.schema_version,"
            + " e.stream_id, e.type, e.data, e.metadata";

    private static final int FIRST = 3;

    private EventRows() {}

    /** Whether the current row has an event, or only the statement's own columns. */
    public static boolean hasEvent(ResultSet row) throws SQLException {
        row.getLong(FIRST);
        return !row.wasNull();
    }

    /** The event of the current row. */
    public static RecordedEvent read(ResultSet row, EventCodec codec) throws SQLException {
        return new RecordedEvent(
                row.getObject(FIRST + 3, UUID.class),
                StreamId.of(row.getString(FIRST + 5)),
                row.getLong(FIRST + 1),
                Position.of(row.getLong(FIRST)),
                row.getObject(FIRST + 2, OffsetDateTime.class).toInstant(),
                new EncodedPayload(
                        new EventType(row.getString(FIRST + 6), row.getInt(FIRST + 4)), row.getString(FIRST + 7)),
                metadata(row.getString(FIRST + 8), codec),
                codec);
    }

    private static String metadata(@Nullable String stored, EventCodec codec) {
        return stored == null ? codec.encodeMetadata(Metadata.empty()) : stored;
    }
}
