package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.PostgresDriver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens connections to one address, alone or in a pool. */
final class NeonDriver {

    private static final Duration SHORTEST_VALIDATION = Duration.ofMillis(250);
    private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(5);

    private final NeonUrl url;
    private final NeonSettings settings;

    NeonDriver(NeonUrl url, NeonSettings settings) {
        this.url = url;
        this.settings = settings;
    }

    /** Host and port. */
    String address() {
        return url.host() + ":" + url.port();
    }

    /** A new connection, outside of any pool. */
    Connection connect(Duration limit) throws SQLException {
        Properties properties = DriverProperties.of(url, settings);
        properties.setProperty("loginTimeout", Long.toString(Math.max(1, limit.toSeconds())));
        return PostgresDriver.connect(DriverProperties.jdbcUrl(url), properties);
    }

    /** A pool. It opens its connections in the background and does not fail if it can't. */
    HikariDataSource pool() {
        NeonPool pool = settings.pool();
        HikariConfig config = new HikariConfig();
        config.setPoolName("neon-" + url.database());
        config.setJdbcUrl(DriverProperties.jdbcUrl(url));
        config.setDriverClassName(PostgresDriver.CLASS);
        config.setDataSourceProperties(DriverProperties.of(url, settings));
        config.setMaximumPoolSize(pool.maxSize());
        config.setMinimumIdle(pool.minIdle());
        config.setIdleTimeout(pool.idleTimeout().toMillis());
        config.setKeepaliveTime(pool.keepAlive().toMillis());
        config.setMaxLifetime(pool.maxLifetime().toMillis());
        config.setConnectionTimeout(pool.acquireTimeout().toMillis());
        config.setValidationTimeout(validation(pool.acquireTimeout()).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(true);
        // Where HikariCP has to find the level out, a first connection that breaks leaves it without one for good.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    private static Duration validation(Duration acquireTimeout) {
        Duration half = acquireTimeout.dividedBy(2);
        Duration capped = half.compareTo(LONGEST_VALIDATION) < 0 ? half : LONGEST_VALIDATION;
        return capped.compareTo(SHORTEST_VALIDATION) < 0 ? SHORTEST_VALIDATION : capped;
    }
}
