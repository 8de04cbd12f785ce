package com.portfolio.infra.benchmarks.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An event store as most people write their first one: a transaction that asks for the greatest version and inserts a
 * row for each event, guarded by a unique constraint. It has no stream row, finds no repeated append, and a reader of
 * its log can skip events.
 */
final class StraightforwardAppender implements Appender {

    private static final String GREATEST =
            "SELECT coalesce(max(version), 0) FROM straightforward.events WHERE stream_id = ?";
    private static final String INSERT = "INSERT INTO straightforward.events"
            + " (stream_id, version, type, data, metadata) VALUES (?, ?, ?, ?::jsonb, ?::jsonb)";

    private final HikariDataSource pool;
    private final ObjectMapper mapper = new ObjectMapper();

    StraightforwardAppender(PostgresDatabase database) {
        pool = Pools.jdbc(database, false);
    }

    @Override
    public void append(String stream, long version, int events) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            long greatest = greatest(connection, stream);
            if (greatest != version) {
                throw new IllegalStateException("Stream '" + stream + "' is at version " + greatest + ".");
            }
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (int i = 1; i <= events; i++) {
                    statement.setString(1, stream);
                    statement.setLong(2, greatest + i);
                    statement.setString(3, Sample.TYPE);
                    statement.setString(4, mapper.writeValueAsString(Sample.EVENT));
                    statement.setString(5, mapper.writeValueAsString(Sample.METADATA.entries()));
                    statement.executeUpdate();
                }
            }
            connection.commit();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The event can't be written.", e);
        }
    }

    private static long greatest(Connection connection, String stream) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GREATEST)) {
            statement.setString(1, stream);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
