package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the log, each page in one round trip. */
public final class LogReader {

    /**
     * Two statements in one round trip. The rows come straight from the table, which is much cheaper than through a
     * function, and by the later statement, whose snapshot has everything that the first one found settled.
     *
     * <p>A session keeps the plan of the later one. Made while the table was tiny it would read the whole of it, and go
     * on to while the table grows, until its statistics are taken again. The first one rules that out, for this
     * transaction, before the later one is planned.
     */
    private static final String READ =
            "SELECT through, more, ${schema}.log_id_v1(), set_config('enable_seqscan', 'off', true)"
                    + " FROM ${schema}.settled_v1(?, ?); SELECT " + EventRows.COLUMNS
                    + " FROM ${schema}.events e WHERE e.position > ? ORDER BY e.position LIMIT ?";

    /** The id as a query of its own, which is run once and not for each row. */
    private static final String READ_FILTERED = "SELECT e.through, e.more, (SELECT ${schema}.log_id_v1()), "
            + EventRows.COLUMNS + " FROM ${schema}.read_log_v1(?, ?, ?, ?, ?) e";

    private static final String WATERMARK = "SELECT watermark FROM ${schema}.watermark_v1()";

    private static final String ID = "SELECT ${schema}.log_id_v1()";

    /** The first column of the event in a row of {@link #READ_FILTERED}. */
    private static final int FIRST_OF_FILTERED = 4;

    private final String read;
    private final String readFiltered;
    private final String watermark;
    private final String id;
    private final EventCodec codec;
    private final int filterWindow;

    public LogReader(SchemaName schema, EventCodec codec, int filterWindow) {
        this.read = schema.in(READ);
        this.readFiltered = schema.in(READ_FILTERED);
        this.watermark = schema.in(WATERMARK);
        this.id = schema.in(ID);
        this.codec = codec;
        this.filterWindow = filterWindow;
    }

    /** A page. */
    public LogPage read(Connection connection, LogQuery query) throws SQLException {
        return query.filter().isAll() ? readAll(connection, query) : readFiltered(connection, query);
    }

    private LogPage readAll(Connection connection, LogQuery query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(read)) {
            statement.setLong(1, query.after().value());
            statement.setInt(2, query.limit());
            statement.setLong(3, query.after().value());
            statement.setInt(4, query.limit());
            statement.execute();
            long through;
            boolean more;
            LogId log;
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                through = row.getLong(1);
                more = row.getBoolean(2);
                log = new LogId(row.getString(3));
            }
            requireGivenOut(query, through);
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                return new LogPage(log, eventsThrough(through, row), Position.of(through), !more);
            }
        }
    }

    /** The events up to a position; what comes after it may have others before it that are not there yet. */
    private List<RecordedEvent> eventsThrough(long through, ResultSet row) throws SQLException {
        List<RecordedEvent> events = new ArrayList<>();
        while (row.next()) {
            RecordedEvent event = EventRows.read(row, 1, codec);
            if (event.position().value() > through) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    private LogPage readFiltered(Connection connection, LogQuery query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(readFiltered)) {
            statement.setLong(1, query.after().value());
            statement.setInt(2, query.limit());
            statement.setInt(3, filterWindow);
            statement.setObject(4, anyOf(query.filter().categories()), Types.ARRAY);
            statement.setObject(5, anyOf(query.filter().types()), Types.ARRAY);
            try (ResultSet row = statement.executeQuery()) {
                return filteredPage(row, query);
            }
        }
    }

    private static String @Nullable [] anyOf(Set<String> names) {
        return names.isEmpty() ? null : names.toArray(new String[0]);
    }

    /** There is a row even where no event passed the filter. */
    private LogPage filteredPage(ResultSet row, LogQuery query) throws SQLException {
        row.next();
        long through = row.getLong(1);
        boolean more = row.getBoolean(2);
        LogId log = new LogId(row.getString(3));
        requireGivenOut(query, through);
        List<RecordedEvent> events = new ArrayList<>();
        do {
            if (EventRows.hasEvent(row, FIRST_OF_FILTERED)) {
                events.add(EventRows.read(row, FIRST_OF_FILTERED, codec));
            }
        } while (row.next());
        if (events.size() == query.limit()) {
            // The page was full before everything up to through was looked at.
            Position last = events.get(events.size() - 1).position();
            return new LogPage(log, events, last, !more && last.value() == through);
        }
        return new LogPage(log, events, Position.of(through), !more);
    }

    private static void requireGivenOut(LogQuery query, long through) {
        if (through < query.after().value()) {
            throw CheckpointRefusedException.beyondTheHead(query.after(), Position.of(through));
        }
    }

    /** The position up to which events can be handed out now. */
    public long watermark(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(watermark)) {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Which incarnation of the log this is. */
    public String id(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(id)) {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
