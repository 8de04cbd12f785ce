package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** {@link PlainInsert} for several threads, over a pool. */
final class PlainAppender implements Appender {

    private final HikariDataSource pool;

    PlainAppender(PostgresDatabase database) {
        pool = Pools.jdbc(database, true);
    }

    @Override
    public void append(String stream, long version, int events) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = PlainInsert.prepare(connection, events)) {
            PlainInsert.run(statement, stream, version, events);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
