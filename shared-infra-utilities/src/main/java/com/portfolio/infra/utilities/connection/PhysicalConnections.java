package com.portfolio.infra.utilities.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of one pool, and knows which of them were opened, or begun to be, before the latest renewal.
 *
 * <p>The pool throws out those that it has. One that is being opened at that moment it does not have yet, and would
 * take in afterwards, with the old credentials; such a one is known here. When the pool is closed it loses one that is
 * being opened: such a one is closed here. Thread-safe.
 */
final class PhysicalConnections extends OwnSource {

    private static final int CLOSING_SECONDS = 1;

    private final ConnectionSource source;
    private final IdentityHashMap<Connection, Long> opened = new IdentityHashMap<>();
    private long renewals;
    private volatile boolean someAreOutdated;
    private boolean closed;

    PhysicalConnections(ConnectionSource source) {
        this.source = source;
    }

    /** What is open now is outdated from now on. */
    void renew() {
        synchronized (opened) {
            renewals++;
            count();
        }
    }

    /**
     * Whether a connection of the pool was opened before the latest renewal. Asks one connection only, as one of
     * before may be held for ever; and nearly free while there is none.
     */
    boolean isOutdated(Connection pooled) throws SQLException {
        if (!someAreOutdated) {
            return false;
        }
        Connection physical = pooled.unwrap(Connection.class);
        synchronized (opened) {
            Long renewalsBefore = opened.get(physical);
            return renewalsBefore != null && renewalsBefore != renewals;
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        long renewalsBefore;
        synchronized (opened) {
            if (closed) {
                throw closed(null);
            }
            renewalsBefore = renewals;
        }
        Connection connection = source.connect();
        synchronized (opened) {
            if (!closed) {
                opened.put(connection, renewalsBefore);
                count();
                return connection;
            }
        }
        throw closed(end(connection));
    }

    private static SQLException closed(@Nullable SQLException trouble) {
        return new SQLNonTransientConnectionException("The pool was closed meanwhile.", trouble);
    }

    /** Opens none any more; what is being opened is closed when it is there. The pool is to be closed now. */
    void refuse() {
        synchronized (opened) {
            closed = true;
        }
    }

    /** Cuts off what the closed pool has left open: what it was about to take in. */
    void cutOff() {
        List<Connection> left;
        synchronized (opened) {
            left = List.copyOf(opened.keySet());
            opened.clear();
        }
        left.stream().filter(connection -> !isClosed(connection)).forEach(PhysicalConnections::abort);
    }

    /** Unlike closing, it does not wait for what is being done with the connection. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            end(connection);
        }
    }

    /** Closes it; what is wrong then is of no use to anybody, as it is not used any more. */
    private static @Nullable SQLException end(Connection connection) {
        try {
            connection.close();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    /** Forgets what was closed. Looks at all connections, so only where one is opened or all are renewed. */
    private void count() {
        opened.keySet().removeIf(PhysicalConnections::isClosed);
        someAreOutdated = opened.values().stream().anyMatch(before -> before != renewals);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            // It can't be asked, so nobody will use it.
            return true;
        }
    }

    /** Of no use: the source has its own limit. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** Asked for by the pool when it is closed: how long it waits for an opening, which {@link #cutOff} needs not. */
    @Override
    public int getLoginTimeout() {
        return CLOSING_SECONDS;
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
