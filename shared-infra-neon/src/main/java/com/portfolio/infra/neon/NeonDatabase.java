package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.LogWatch;
import com.portfolio.infra.neon.internal.SchemaCheck;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.SqlFunction;
import com.portfolio.infra.neon.internal.Vitals;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database, at Neon or elsewhere, and the schema in it that the stores use.
 *
 * <pre>{@code
 * try (NeonDatabase database = NeonDatabase.open(url, NeonSettings.scaleToZero())) {
 *     EventStore store = new NeonEventStore(database, codec);
 *     EventLog log = new NeonEventLog(database, codec);
 * }
 * }</pre>
 *
 * <p>Opening sends nothing. The first store that is made of it connects, and says in one sentence what is
 * wrong with address, credentials or schema. One database serves all stores of a process: what they wait
 * for is polled once. Thread-safe.
 */
public final class NeonDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NeonDatabase.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int VALID_WITHIN_SECONDS = 5;

    private final NeonSettings settings;
    private final SchemaName schema;
    private final DataSource dataSource;
    private final @Nullable NeonDriver driver;
    private final LogWatch watch;
    private final Vitals vitals = new Vitals();
    private final OpenCalls calls = new OpenCalls();
    private final CallLimit callLimit = new CallLimit();

    private volatile boolean contacted;
    private volatile boolean cutOff;

    private NeonDatabase(NeonSettings settings, DataSource dataSource, @Nullable NeonDriver driver) {
        this.settings = settings;
        this.schema = new SchemaName(settings.schema());
        this.dataSource = dataSource;
        this.driver = driver;
        this.watch = new LogWatch(settings.pollInterval(), settings.maxPollInterval());
    }

    /**
     * Opens a database with a pool of its own.
     *
     * @throws IllegalArgumentException if the URL is none, with everything that is wrong with it
     */
    public static NeonDatabase open(String url, NeonSettings settings) {
        return open(NeonUrl.parse(url), settings);
    }

    /** Opens a database with a pool of its own. */
    public static NeonDatabase open(NeonUrl url, NeonSettings settings) {
        NeonDriver driver = new NeonDriver(url, settings);
        return new NeonDatabase(settings, driver.pool(), driver);
    }

    /**
     * Uses connections of the caller's, who closes their source.
     *
     * @param dataSource hands out connections to the primary that are in autocommit mode and READ
     *                   COMMITTED, and are given back by closing them
     */
    public static NeonDatabase over(DataSource dataSource, NeonSettings settings) {
        return new NeonDatabase(settings, Objects.requireNonNull(dataSource, "dataSource"), null);
    }

    /** The settings that the database was opened with. */
    public NeonSettings settings() {
        return settings;
    }

    /**
     * Ends all waiting for the log, lets calls that are under way end, for ten seconds at most, and closes the pool,
     * unless it is the caller's. An append that has not ended by then has an unknown outcome.
     */
    @Override
    public void close() {
        close(DRAIN);
    }

    void close(Duration drain) {
        watch.close();
        calls.close(drain);
        callLimit.close();
        cutOff = true;
        if (driver != null && dataSource instanceof HikariDataSource pool) {
            pool.close();
        }
    }

    LogWatch watch() {
        return watch;
    }

    Vitals vitals() {
        return vitals;
    }

    /** The pool's numbers, if there is a pool that tells them. */
    Optional<HikariDataSource> pool() {
        return dataSource instanceof HikariDataSource pool ? Optional.of(pool) : Optional.empty();
    }

    /** What does not fit in the schema, as a sentence; empty if all is well. */
    Optional<String> schemaProblem(SchemaCheck part) throws SQLException {
        return firstCall(connection -> part.problem(connection, schema));
    }

    /** The calls that closing waits for. */
    OpenCalls calls() {
        return calls;
    }

    /** Does something in autocommit, for as long as a statement may take. */
    <T> T call(SqlFunction<T> work) throws SQLException {
        return call(work, settings.statementTimeout());
    }

    /** Does something in autocommit, for so long at most. */
    <T> T call(SqlFunction<T> work, Duration limit) throws SQLException {
        calls.begin();
        try {
            return callOver(connect(), work, limit);
        } finally {
            calls.end();
        }
    }

    private <T> T callOver(Connection connection, SqlFunction<T> work, Duration limit) throws SQLException {
        try {
            return watched(work, connection, limit);
        } finally {
            release(connection);
        }
    }

    /** A connection in autocommit mode, to be given back by {@link #release}. */
    Connection connect() throws SQLException {
        requireNotCutOff();
        try {
            return requireAutocommit(dataSource.getConnection());
        } catch (SQLException e) {
            throw noted(e);
        }
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

    /** Whether no connection could be had because all are in use, and not because none could be opened. */
    boolean isBusy(SQLException e) {
        HikariPoolMXBean numbers =
                pool().map(HikariDataSource::getHikariPoolMXBean).orElse(null);
        return e instanceof SQLTransientConnectionException
                && e.getCause() == null
                && numbers != null
                && pool().map(HikariDataSource::getMaximumPoolSize).orElse(0) <= numbers.getTotalConnections();
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

    /** Does something over a connection of the caller's, for as long as a statement may take. */
    <T> T limited(SqlFunction<T> work, Connection connection) throws SQLException {
        return callLimit.within(settings.statementTimeout(), connection, work);
    }

    /** Does something, for as long as a statement may take, and notes whether the database answered. */
    <T> T watched(SqlFunction<T> work, Connection connection) throws SQLException {
        return watched(work, connection, settings.statementTimeout());
    }

    private <T> T watched(SqlFunction<T> work, Connection connection, Duration limit) throws SQLException {
        try {
            T result = callLimit.within(limit, connection, work);
            vitals.answered();
            return result;
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            if (failure.refusedByServer()) {
                vitals.answered();
            } else {
                vitals.failed(failure);
            }
            throw e;
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

    /**
     * The first call goes past the pool, which would try wrong credentials again and again until a call
     * has waited long enough.
     */
    private <T> T firstCall(SqlFunction<T> work) throws SQLException {
        if (driver == null || contacted) {
            return call(work);
        }
        calls.begin();
        try {
            T result = callOver(connectAnew(settings.pool().acquireTimeout()), work, settings.statementTimeout());
            contacted = true;
            return result;
        } finally {
            calls.end();
        }
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
}
