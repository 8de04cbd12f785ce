package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections, of the same number and the same driver settings for everybody. */
final class Pools {

    static final int SIZE = 16;

    private Pools() {}

    /** The library's own pool, entered by the application's role. */
    static NeonDatabase ours(PostgresDatabase database) {
        NeonSettings settings = NeonSettings.alwaysOn().toBuilder()
                .pool(PoolSettings.alwaysOn().withMaxSize(SIZE))
                .build();
        return NeonDatabase.open(BenchmarkServer.asApplication(database).libpqUrl(), settings);
    }

    /** A pool of HikariCP. */
    static HikariDataSource jdbc(PostgresDatabase database, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(prepared(database).jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(SIZE);
        config.setMinimumIdle(2);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    /** A connection of one's own. */
    static Connection connect(PostgresDatabase database) throws SQLException {
        return prepared(database).connect();
    }

    /** Statements are prepared in the server from the first call on, as with ours. */
    private static PostgresDatabase prepared(PostgresDatabase database) {
        return database.with("prepareThreshold", "1");
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("A connection could not be closed.", e);
        }
    }
}
