package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** {@link PlainInsert} for one thread, which keeps its connection and its statement. */
final class PlainWriter implements Appender {

    private final Connection connection;
    private final PreparedStatement statement;

    private PlainWriter(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /** Inserts that many events. */
    static PlainWriter inserting(PostgresDatabase database, int events) throws SQLException {
        Connection connection = Pools.connect(database);
        return new PlainWriter(connection, PlainInsert.prepare(connection, events));
    }

    /** Has the function of a schema insert any number of events but one. */
    static PlainWriter calling(PostgresDatabase database, String schema) throws SQLException {
        Connection connection = Pools.connect(database);
        return new PlainWriter(connection, PlainInsert.prepareCall(connection, schema));
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
