package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The fastest way to read through JDBC: one connection, prepared statements that are kept, a cursor for many rows, a
 * limit that makes the planner walk the index of a stream. It reads each column of our own table as a number or a text, makes no object of a row, and decodes nothing.
 */
final class PlainReader implements EventReader {

    static final int FETCH = 1_000;

    private static final String SELECT = "SELECT position, version, recorded_at, event_id, schema_version, stream_id,"
            + " type, data, metadata FROM infra.events";

    private final Connection connection;
    private final PreparedStatement load;

    PlainReader(PostgresDatabase database) throws SQLException {
        connection = Pools.connect(database);
        load = connection.prepareStatement(SELECT + " WHERE stream_id = ? ORDER BY version LIMIT ?");
    }

    @Override
    public Seen load(String stream) throws SQLException {
        load.setString(1, stream);
        load.setInt(2, FETCH);
        try (ResultSet row = load.executeQuery()) {
            return see(row);
        }
    }

    @Override
    public Seen replay() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(SELECT + " ORDER BY position")) {
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery()) {
                return see(row);
            }
        } finally {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static Seen see(ResultSet row) throws SQLException {
        long events = 0;
        long versions = 0;
        long characters = 0;
        while (row.next()) {
            events++;
            characters += row.getLong(1);
            versions += row.getLong(2);
            characters += row.getString(3).length();
            characters += row.getString(4).length();
            characters += row.getInt(5);
            characters += row.getString(6).length();
            characters += row.getString(7).length();
            characters += row.getString(8).length();
            characters += row.getString(9).length();
        }
        if (characters < events) {
            throw new IllegalStateException("The columns were empty.");
        }
        return new Seen(events, versions);
    }

    @Override
    public void close() {
        Pools.close(connection);
    }
}
