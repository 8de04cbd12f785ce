package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** {@link PlainInsert} for one thread, which keeps its connection and its statement. */
final class PlainWriter implements Appender {

    private final Connection connection;
    private final PreparedStatement statement;

    PlainWriter(PostgresDatabase database, int events) throws SQLException {
        connection = Pools.connect(database);
        statement = PlainInsert.prepare(connection, events);
    }

    @Override
    public void append(String stream, long version, int events) throws SQLException {
        PlainInsert.run(statement, stream, version, events);
    }

    @Override
    public void close() {
        Pools.close(connection);
    }
}
