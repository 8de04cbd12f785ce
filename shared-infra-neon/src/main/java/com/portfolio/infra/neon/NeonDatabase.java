package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.LogWatch;
import com.portfolio.infra.neon.internal.SchemaCheck;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.SqlFunction;
import com.portfolio.infra.neon.internal.Vitals;
import com.portfolio.infra.utilities.connection.ConnectionPool;
import com.portfolio.infra.utilities.connection.PoolFigures;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

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

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final NeonSettings settings;
    private final SchemaName schema;
    private final NeonConnections connections;
    private final LogWatch watch;
    private final Vitals vitals;
    private final OpenCalls calls = new OpenCalls();
    private final CallLimit callLimit = new CallLimit();

    private volatile boolean contacted;

    private NeonDatabase(NeonSettings settings, NeonConnections connections, Vitals vitals) {
        this.settings = settings;
        this.schema = new SchemaName(settings.schema());
        this.connections = connections;
        this.vitals = vitals;
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
        return builder(url).settings(settings).open();
    }

    /** Opens a database with more than an address and settings: a password that is rotated, pools that are measured. */
    public static NeonDatabaseBuilder builder(NeonUrl url) {
        Objects.requireNonNull(url, "url");
        return new NeonDatabaseBuilder(password -> NeonLogin.of(url, password));
    }

    /**
     * The same, with a URL that may be rotated: each new connection is opened with the newest user and password. A
     * newer URL with another host, port or database is logged, and takes a restart; one that is none is logged, and
     * not used. It is read when the database is opened: {@link NeonDatabaseBuilder#open} throws an
     * {@link IllegalArgumentException} if what the secret holds by then is no URL, also if it was one before.
     *
     * @param url left open when the database is closed
     */
    public static NeonDatabaseBuilder builder(CurrentSecret url) {
        Objects.requireNonNull(url, "url");
        return new NeonDatabaseBuilder(password -> NeonLogin.of(url, password));
    }

    static NeonDatabase of(ConnectionPool pool, NeonDriver driver, NeonSettings settings) {
        Vitals vitals = new Vitals();
        return new NeonDatabase(settings, NeonConnections.of(pool, driver, vitals), vitals);
    }

    /**
     * Uses connections of the caller's, who closes their source.
     *
     * @param dataSource hands out connections to the primary that are in autocommit mode and READ
     *                   COMMITTED, and are given back by closing them
     */
    public static NeonDatabase over(DataSource dataSource, NeonSettings settings) {
        Objects.requireNonNull(dataSource, "dataSource");
        Vitals vitals = new Vitals();
        return new NeonDatabase(settings, NeonConnections.ofTheCaller(dataSource, vitals), vitals);
    }

    /** The settings that the database was opened with. */
    public NeonSettings settings() {
        return settings;
    }

    /** What the pool is doing, if there is one that tells: the database's own, or one of HikariCP that the caller made. */
    public Optional<PoolFigures> pool() {
        return connections.figures();
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
        connections.close();
    }

    LogWatch watch() {
        return watch;
    }

    Vitals vitals() {
        return vitals;
    }

    /** Where connections come from. */
    NeonConnections connections() {
        return connections;
    }

    /** What does not fit in the schema, as a sentence; empty if all is well. */
    Optional<String> schemaProblem(SchemaCheck part) throws SQLException {
        return firstCall(connection -> part.problem(connection, schema), settings.statementTimeout());
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
            return callOver(connections.connect(), work, limit);
        } finally {
            calls.end();
        }
    }

    private <T> T callOver(Connection connection, SqlFunction<T> work, Duration limit) throws SQLException {
        try {
            return watched(work, connection, limit);
        } finally {
            NeonConnections.release(connection);
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

    /**
     * The first call goes past the pool, which would try wrong credentials again and again until a call
     * has waited long enough.
     */
    <T> T firstCall(SqlFunction<T> work, Duration limit) throws SQLException {
        if (contacted || !connections.areOwn()) {
            return call(work, limit);
        }
        return callAnew(work, settings.pool().acquireTimeout(), limit);
    }

    /** Does something in autocommit over a connection that nobody used before, each for so long at most. */
    <T> T callAnew(SqlFunction<T> work, Duration connecting, Duration limit) throws SQLException {
        calls.begin();
        try {
            T result = callOver(connections.connectAnew(connecting), work, limit);
            contacted = true;
            return result;
        } finally {
            calls.end();
        }
    }
}
