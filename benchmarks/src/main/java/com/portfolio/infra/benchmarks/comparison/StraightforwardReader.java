package com.portfolio.infra.benchmarks.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.portfolio.infra.benchmarks.BankEvent;
import com.portfolio.infra.benchmarks.BankEvent.MoneyDeposited;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reading as most people write it: each row becomes an object with a decoded payload; a log is read by pages. */
final class StraightforwardReader implements EventReader {

    static final int PAGE = 1_000;

    private static final String SELECT =
            "SELECT id, stream_id, version, type, data, metadata, created_at" + " FROM straightforward.events";

    private final HikariDataSource pool;
    private final ObjectMapper mapper = new ObjectMapper();

    private record Event(long id, String stream, long version, BankEvent payload, String metadata, Instant createdAt) {}

    StraightforwardReader(PostgresDatabase database) {
        pool = Pools.jdbc(database, true);
    }

    @Override
    public Seen load(String stream) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(SELECT + " WHERE stream_id = ? ORDER BY version")) {
            statement.setString(1, stream);
            return see(read(statement));
        }
    }

    @Override
    public Seen replay() throws SQLException {
        Seen seen = Seen.NOTHING;
        long after = 0;
        while (true) {
            List<Event> page = page(after);
            if (page.isEmpty()) {
                return seen;
            }
            seen = seen.and(see(page));
            after = page.get(page.size() - 1).id();
        }
    }

    private List<Event> page(long after) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(SELECT + " WHERE id > ? ORDER BY id LIMIT ?")) {
            statement.setLong(1, after);
            statement.setInt(2, PAGE);
            return read(statement);
        }
    }

    private List<Event> read(PreparedStatement statement) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                events.add(new Event(
                        row.getLong("id"),
                        row.getString("stream_id"),
                        row.getLong("version"),
                        decode(row.getString("type"), row.getString("data")),
                        row.getString("metadata"),
                        row.getTimestamp("created_at").toInstant()));
            }
        }
        return events;
    }

    private BankEvent decode(String type, String data) {
        if (!type.equals(Sample.TYPE)) {
            throw new IllegalStateException("The event type '" + type + "' is not known.");
        }
        try {
            return mapper.readValue(data, MoneyDeposited.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The event can't be read.", e);
        }
    }

    private static Seen see(List<Event> events) {
        Seen seen = Seen.NOTHING;
        for (Event event : events) {
            Sample.requireEqual(event.payload());
            seen = seen.and(event.version());
        }
        return seen;
    }

    @Override
    public void close() {
        pool.close();
    }
}
