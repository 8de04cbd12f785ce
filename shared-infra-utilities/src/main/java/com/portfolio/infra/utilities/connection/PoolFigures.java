package com.portfolio.infra.utilities.connection;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What a pool is doing, at one moment or nearly so: the numbers are read one after the other. Who waits for a
 * connection and gets it meanwhile may be counted as both, and never as neither.
 *
 * @param active  connections in use
 * @param idle    connections that nobody uses
 * @param total   connections that are open
 * @param waiting calls that wait for a connection
 * @param max     the greatest number of connections
 */
public record PoolFigures(int active, int idle, int total, int waiting, int max) {

    /**
     * The figures of any source of connections that tells them: of a {@link ConnectionPool}, or a pool of HikariCP
     * that a service made itself. Empty for others, and for a pool of HikariCP that was not used yet.
     */
    public static Optional<PoolFigures> of(DataSource source) {
        if (source instanceof PooledSource pooled) {
            return Optional.of(pooled.figures());
        }
        return source instanceof HikariDataSource hikari
                ? Optional.ofNullable(hikari.getHikariPoolMXBean()).map(pool -> of(pool, hikari.getMaximumPoolSize()))
                : Optional.empty();
    }

    static PoolFigures of(HikariPoolMXBean pool, int max) {
        // Before the connections in use: who waits no more then is seen to use one.
        int waiting = pool.getThreadsAwaitingConnection();
        return new PoolFigures(
                pool.getActiveConnections(), pool.getIdleConnections(), pool.getTotalConnections(), waiting, max);
    }

    /** Whether there are as many connections as there may be. */
    public boolean isFull() {
        return total >= max;
    }
}
