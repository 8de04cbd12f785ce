package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.Direction;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads pages of streams. Version, state and events come from one statement, and so from one moment. */
public final class StreamReader {

    private static final String READ = """
            SELECT s.version, s.state, %1$s
              FROM ${schema}.streams s
              LEFT JOIN LATERAL (SELECT * FROM ${schema}.events w
                                  WHERE w.stream_id = s.stream_id AND w.version %2$s ?
                                  ORDER BY w.version %3$s LIMIT ?) e ON true
             WHERE s.stream_id = ? AND s.state < 2
             ORDER BY e.version %3$s
            """;

    /** The first column of the event: before it stand version and state of the stream. */
    private static final int FIRST = 3;

    private final String forward;
    private final String backward;
    private final EventCodec codec;

    public StreamReader(SchemaName schema, EventCodec codec) {
        this.forward = schema.in(READ.formatted(EventRows.COLUMNS, ">=", "ASC"));
        this.backward = schema.in(READ.formatted(EventRows.COLUMNS, "<=", "DESC"));
        this.codec = codec;
    }

    /** A page; empty, at version 0, for a stream that does not exist or was tombstoned. */
    public StreamPage read(Connection connection, StreamQuery query) throws SQLException {
        String sql = query.direction() == Direction.FORWARD ? forward : backward;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, query.fromVersion());
            statement.setInt(2, query.limit());
            statement.setString(3, query.stream().value());
            try (ResultSet row = statement.executeQuery()) {
                return page(row, query);
            }
        }
    }

    private StreamPage page(ResultSet row, StreamQuery query) throws SQLException {
        long version = 0;
        List<RecordedEvent> events = new ArrayList<>();
        while (row.next()) {
            version = row.getLong(1);
            if (EventRows.hasEvent(row, FIRST)) {
                events.add(EventRows.read(row, FIRST, codec));
            }
        }
        return StreamPage.of(query, version, events);
    }
}
