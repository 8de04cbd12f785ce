package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.LogWatch;
import com.portfolio.infra.neon.internal.SchemaCheck;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.SqlFunction;
import com.portfolio.infra.neon.internal.Vitals;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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

    private final NeonSettings settings;
    private final SchemaName schema;
    private final DataSource dataSource;
    private final @Nullable NeonDriver driver;
    private final LogWatch watch;
    private final Vitals vitals = new Vitals();

    private volatile boolean contacted;
    private volatile boolean closed;

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

    /** Closes the pool, unless it is the caller's, and ends all waiting for the log. */
    @Override
    public void close() {
        closed = true;
        watch.close();
        if (driver != null && dataSource instanceof HikariDataSource pool) {
            pool.close();
        }
    }

    /** A statement that names the schema. */
    String sql(String text) {
        return schema.in(text);
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

    /** A statement that is cancelled when it takes too long. */
    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout((int) Math.max(1, settings.statementTimeout().toSeconds()));
        return statement;
    }

    /** Does something in autocommit. */
    <T> T call(SqlFunction<T> work) throws SQLException {
        Connection connection = connect();
        try {
            return watched(work, connection);
        } finally {
            release(connection);
        }
    }

    /** A connection in autocommit mode, to be given back by {@link #release}. */
    Connection connect() throws SQLException {
        requireOpen();
        try {
            return requireAutocommit(dataSource.getConnection());
        } catch (SQLException e) {
            vitals.failed(SqlFailure.of(e));
            throw e;
        }
    }

    /** A connection that nobody used before, or where there is no knowing, any, within a time limit. */
    Connection connectAnew(Duration limit) throws SQLException {
        requireOpen();
        return driver == null ? requireAutocommit(dataSource.getConnection()) : driver.connect(limit);
    }

    /** Does something and notes whether the database answered. */
    <T> T watched(SqlFunction<T> work, Connection connection) throws SQLException {
        try {
            T result = work.on(connection);
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
        Connection connection = connectAnew(settings.pool().acquireTimeout());
        try {
            T result = watched(work, connection);
            contacted = true;
            return result;
        } finally {
            release(connection);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The database is closed.");
        }
    }

    private static Connection requireAutocommit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            release(connection);
            throw new SQLNonTransientConnectionException(
                    "the DataSource hands out connections that are not in autocommit mode; a transaction of your own"
                            + " is joined with NeonEventStore.joining(connection)");
        }
        return connection;
    }
}
