package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.Vitals;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import com.portfolio.infra.utilities.connection.PoolFigures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of a database: out of a pool of its own and past it, or the caller's. Thread-safe. */
final class NeonConnections {

    private static final Logger LOG = LoggerFactory.getLogger(NeonConnections.class);
    private static final int VALID_WITHIN_SECONDS = 5;

    private final DataSource source;
    private final @Nullable ConnectionPool pool;
    private final @Nullable NeonDriver driver;
    private final Vitals vitals;
    private volatile boolean cutOff;

    private NeonConnections(
            DataSource source, @Nullable ConnectionPool pool, @Nullable NeonDriver driver, Vitals vitals) {
        this.source = source;
        this.pool = pool;
        this.driver = driver;
        this.vitals = vitals;
    }

    /** @param driver opens the connections of the pool, and those past it */
    static NeonConnections of(ConnectionPool pool, NeonDriver driver, Vitals vitals) {
        return new NeonConnections(pool.dataSource(), pool, driver, vitals);
    }

    static NeonConnections ofTheCaller(DataSource source, Vitals vitals) {
        return new NeonConnections(source, null, null, vitals);
    }

    /** The pool's numbers, if there is a pool that tells them. */
    Optional<PoolFigures> figures() {
        return PoolFigures.of(source);
    }

    /** A connection in autocommit mode, to be given back by {@link #release}. */
    Connection connect() throws SQLException {
        requireNotCutOff();
        try {
            return requireAutocommit(source.getConnection());
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    /** Whether there are connections that nobody used before. */
    boolean areOwn() {
        return driver != null;
    }

    /**
     * A connection that nobody used before, within a time limit. Over a source of the caller's any connection,
     * within that source's own limit.
     */
    Connection connectAnew(Duration limit) throws SQLException {
        if (driver == null) {
            return connect();
        }
        requireNotCutOff();
        try {
            return driver.connect(limit);
        } catch (SQLException e) {
            throw noted(e);
        }
    }

    /** Whether the same call may succeed later, which it may after a refused login if credentials are rotated. */
    boolean mayPass(SqlFailure failure) {
        return failure.isTransient() || (driver != null && driver.rotates() && failure.refusesLogin());
    }

    /** Whether no connection could be had because all are in use, and not because none could be opened. */
    boolean isBusy(SQLException e) {
        return e instanceof SQLTransientConnectionException
                && e.getCause() == null
                && figures().filter(PoolFigures::isFull).isPresent();
    }

    /** Notes that no connection could be had, and says where from. */
    private SQLException noted(SQLException e) {
        if (SqlFailure.isInterruption(e)) {
            return e;
        }
        if (isBusy(e)) {
            vitals.busy();
            return e;
        }
        SQLException located = located(e);
        vitals.failed(SqlFailure.of(located));
        return located;
    }

    private SQLException located(SQLException e) {
        SqlFailure failure = SqlFailure.of(e);
        String said = String.valueOf(failure.cause().getMessage());
        if (driver == null || !failure.state().equals("08001") || said.contains(driver.address())) {
            return e;
        }
        return new PSQLException(
                driver.address() + ": " + said,
                PSQLState.CONNECTION_UNABLE_TO_CONNECT,
                failure.cause().getCause());
    }

    private void requireNotCutOff() throws SQLException {
        if (cutOff) {
            throw new SQLNonTransientConnectionException("the database was closed meanwhile");
        }
    }

    private static Connection requireAutocommit(Connection connection) throws SQLException {
        boolean autocommit;
        try {
            autocommit = connection.getAutoCommit();
        } catch (SQLException e) {
            release(connection);
            throw e;
        }
        if (!autocommit) {
            release(connection);
            throw new SQLNonTransientConnectionException(
                    "the DataSource hands out connections that are not in autocommit mode; a transaction of your own"
                            + " is joined with NeonEventStore.joining(connection)");
        }
        return connection;
    }

    /** Whether a connection goes on working after a failure: the server then lives, and ended no session. */
    static boolean lives(Connection connection) {
        try {
            return connection.isValid(VALID_WITHIN_SECONDS);
        } catch (SQLException e) {
            LOG.debug("A connection could not be asked: {}", SqlFailure.of(e).message());
            return false;
        }
    }

    /** Gives a connection back. What was done with it is done, so that trouble here is only noted. */
    static void release(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A connection could not be closed: {}", SqlFailure.of(e).message());
        }
    }

    /** Cuts off what is under way, and closes the pool unless it is the caller's. */
    void close() {
        cutOff = true;
        if (pool != null) {
            pool.close(Duration.ZERO);
        }
    }
}
