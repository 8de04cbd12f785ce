package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the log, each page in one round trip. */
public final class LogReader {

    private static final String READ =
            "SELECT e.through, e.more, " + EventRows.COLUMNS + " FROM ${schema}.read_log_v1(?, ?, ?, ?, ?) e";

    private static final String WATERMARK = "SELECT watermark FROM ${schema}.watermark_v1()";

    private static final String ID = "SELECT ${schema}.log_id_v1()";

    private final String read;
    private final String watermark;
    private final String id;
    private final EventCodec codec;
    private final int filterWindow;
    private final int timeoutSeconds;

    public LogReader(SchemaName schema, EventCodec codec, int filterWindow, Duration timeout) {
        this.read = schema.in(READ);
        this.watermark = schema.in(WATERMARK);
        this.id = schema.in(ID);
        this.codec = codec;
        this.filterWindow = filterWindow;
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
    }

    /** A page. */
    public LogPage read(Connection connection, LogQuery query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(read)) {
            statement.setLong(1, query.after().value());
            statement.setInt(2, query.limit());
            statement.setInt(3, filterWindow);
            statement.setObject(4, anyOf(query.filter().categories()), Types.ARRAY);
            statement.setObject(5, anyOf(query.filter().types()), Types.ARRAY);
            statement.setQueryTimeout(timeoutSeconds);
            try (ResultSet row = statement.executeQuery()) {
                return page(row, query);
            }
        }
    }

    private static String @Nullable [] anyOf(Set<String> names) {
        return names.isEmpty() ? null : names.toArray(new String[0]);
    }

    private LogPage page(ResultSet row, LogQuery query) throws SQLException {
        long through = 0;
        boolean more = false;
        List<RecordedEvent> events = new ArrayList<>();
        while (row.next()) {
            through = row.getLong(1);
            more = row.getBoolean(2);
            if (EventRows.hasEvent(row)) {
                events.add(EventRows.read(row, codec));
            }
        }
        if (through < query.after().value()) {
            throw CheckpointRefusedException.beyondTheHead(query.after(), Position.of(through));
        }
        if (events.size() == query.limit() && (more || !query.filter().isAll())) {
            // The page was full before everything up to through was looked at.
            Position last = events.get(events.size() - 1).position();
            return new LogPage(events, last, !more && last.value() == through);
        }
        return new LogPage(events, Position.of(through), !more);
    }

    /** The position up to which events can be handed out now. */
    public long watermark(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(watermark)) {
            statement.setQueryTimeout(timeoutSeconds);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Which incarnation of the log this is. */
    public String id(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(id)) {
            statement.setQueryTimeout(timeoutSeconds);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
