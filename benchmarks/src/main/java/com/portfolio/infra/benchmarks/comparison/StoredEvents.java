package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The events that one contender has stored.
 *
 * @param database entered by its owner
 * @param table    that holds them
 * @param streams  begins the names of the contender's streams
 */
record StoredEvents(PostgresDatabase database, String table, String streams) {

    /**
     * Counts them.
     *
     * @throws IllegalStateException if they are not as many as were appended
     */
    void require(String contender, long appended) throws SQLException {
        long count = count();
        if (count != appended) {
            throw new IllegalStateException(
                    "'" + contender + "' appended " + appended + " events, but stored " + count + ".");
        }
    }

    private long count() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(*) FROM " + table + " WHERE starts_with(stream_id, ?)")) {
            statement.setString(1, streams + "-");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
