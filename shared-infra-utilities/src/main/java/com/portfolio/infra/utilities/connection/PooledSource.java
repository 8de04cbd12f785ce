package com.portfolio.infra.utilities.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands the connections of a pool out, and none that was opened before the latest renewal. Thread-safe. */
final class PooledSource extends OwnSource {

    private static final Duration SHORTEST_VALIDATION = Duration.ofMillis(250);
    private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(5);

    private final PhysicalConnections connections;
    private final HikariDataSource pool;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean refusing;

    PooledSource(String name, PoolSettings settings, ConnectionSource source, PoolMetrics metrics) {
        this.connections = new PhysicalConnections(source);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(connections);
        config.setMaximumPoolSize(settings.maxSize());
        config.setMinimumIdle(settings.minIdle());
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        config.setKeepaliveTime(settings.keepAlive().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setConnectionTimeout(settings.acquireTimeout().toMillis());
        config.setValidationTimeout(validation(settings.acquireTimeout()).toMillis());
        config.setLeakDetectionThreshold(settings.effectiveLeakThreshold().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(true);
        // Where HikariCP has to find the level out, a first connection that breaks leaves it without one for good.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        metrics.trackers().ifPresent(config::setMetricsTrackerFactory);
        this.pool = new HikariDataSource(config);
    }

    private static Duration validation(Duration acquireTimeout) {
        Duration half = acquireTimeout.dividedBy(2);
        Duration capped = half.compareTo(LONGEST_VALIDATION) < 0 ? half : LONGEST_VALIDATION;
        return capped.compareTo(SHORTEST_VALIDATION) < 0 ? SHORTEST_VALIDATION : capped;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireNotRefusing();
        calls.incrementAndGet();
        try {
            // Again: whoever comes too late must not be counted, and whoever is counted must not come too late.
            requireNotRefusing();
            return upToDate();
        } finally {
            calls.decrementAndGet();
        }
    }

    private void requireNotRefusing() throws SQLException {
        if (refusing) {
            throw closed();
        }
    }

    private Connection upToDate() throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pool.getConnectionTimeout());
        Connection connection = pool.getConnection();
        while (isOutdated(connection)) {
            connection = another(deadline);
        }
        return connection;
    }

    /** Throws it out if it is outdated, or can't be asked. */
    private boolean isOutdated(Connection connection) throws SQLException {
        boolean outdated = true;
        try {
            outdated = connections.isOutdated(connection);
        } finally {
            if (outdated) {
                pool.evictConnection(connection);
            }
        }
        return outdated;
    }

    /**
     * In what is left of the time; HikariCP's source knows the whole time only. HikariCP does not promise that its bean is
     * the pool itself, so a test holds its version to that.
     */
    private Connection another(long deadline) throws SQLException {
        if (pool.isClosed()) {
            throw closed();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return ((HikariPool) pool.getHikariPoolMXBean()).getConnection(Math.max(0, left));
    }

    private SQLException closed() {
        return new SQLNonTransientConnectionException("The pool '" + pool.getPoolName() + "' is closed.");
    }

    /** Whether a connection is in use, or a call is about to have one. */
    boolean isUsed() {
        // In this order: a call that is about to have one no more is seen to use it.
        return calls.get() > 0 || figures().active() > 0;
    }

    PoolFigures figures() {
        return PoolFigures.of(pool.getHikariPoolMXBean(), pool.getMaximumPoolSize());
    }

    void renew() {
        connections.renew();
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Hands out no more connections, except to those who wait already. */
    void refuse() {
        refusing = true;
    }

    /** Closes all connections. HikariCP would leave them open where the thread was interrupted before. */
    void close() {
        boolean interrupted = Thread.interrupted();
        connections.refuse();
        try {
            pool.close();
        } finally {
            connections.cutOff();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("The pool has an acquireTimeout.");
    }

    @Override
    public int getLoginTimeout() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, pool.getConnectionTimeout() / 1_000));
    }

    @Override
    public String toString() {
        return "pool '" + pool.getPoolName() + "'";
    }
}
