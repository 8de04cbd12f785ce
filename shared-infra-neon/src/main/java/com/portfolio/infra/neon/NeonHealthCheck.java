package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.Durability;
import com.portfolio.infra.neon.internal.OpenAppends;
import com.portfolio.infra.neon.internal.OpenAppends.OpenAppend;
import com.portfolio.infra.neon.internal.SchemaCheck;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.Vitals;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.utilities.connection.PoolFigures;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a {@link NeonDatabase} works.
 *
 * <p>The {@linkplain #passive passive} check sends nothing and tells what became of the latest calls: it
 * lets a database that may fall asleep do so. The {@linkplain #active active} one asks the database, and
 * names appends that hold the log back.
 */
public final class NeonHealthCheck implements HealthCheck {

    private static final String FOUND_ALL_IN_USE = "A call found every connection of the pool in use.";
    private static final Duration NEWS = Duration.ofMinutes(1);

    /** For all questions over a connection of the pool. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For all questions past the pool, and for the connection before them: less than a registry waits for a check. */
    private static final Duration PATIENCE_PAST_THE_POOL = Duration.ofMillis(500);

    private static final Duration CONNECTING_PAST_THE_POOL = Duration.ofSeconds(1);

    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** An answer that is no older shows that a database which logs nobody in in time is alive, and only slow. */
    private static final Duration JUST_NOW = Duration.ofSeconds(5);

    private final NeonDatabase database;
    private final Duration news;
    private final Optional<Duration> longestAppend;
    private final SchemaName schema;
    private final OpenAppends openAppends;

    private NeonHealthCheck(NeonDatabase database, Duration news, Optional<Duration> longestAppend) {
        this.news = news;
        this.database = Objects.requireNonNull(database, "database");
        this.longestAppend = longestAppend;
        this.schema = new SchemaName(database.settings().schema());
        this.openAppends = new OpenAppends(schema);
    }

    /**
     * Tells what became of the latest calls: down while they fail, degraded while they find every connection in use,
     * unknown while there were none. A failure counts for a minute; after it without a call nothing is known, so that
     * a service which is sent nothing because of it can find out whether it has passed.
     */
    public static NeonHealthCheck passive(NeonDatabase database) {
        return passive(database, NEWS);
    }

    /** @param news for how long a failure counts */
    static NeonHealthCheck passive(NeonDatabase database, Duration news) {
        return new NeonHealthCheck(database, news, Optional.empty());
    }

    /**
     * Asks the database, which wakes it if it sleeps: down if it does not answer or its schema does not fit,
     * degraded if it acknowledges commits before they are on disk ({@code synchronous_commit} is off).
     *
     * <p>It waits for no connection that others use: while all of the pool's are in use, or somebody waits for one, it
     * asks over one of its own, with short time limits, and is degraded if that is answered and all are in use. There
     * is no way past a pool of the caller's: while all of that are in use, it tells what became of the latest calls.
     *
     * @param longestAppend degraded if an append is open for longer, as nobody can read the log beyond it
     */
    public static NeonHealthCheck active(NeonDatabase database, Duration longestAppend) {
        return new NeonHealthCheck(database, NEWS, Optional.of(longestAppend));
    }

    @Override
    public HealthResult check() {
        long begun = System.nanoTime();
        HealthResult result = longestAppend.map(this::ask).orElseGet(this::remember);
        HealthResult withPool = addPool(result);
        return withPool.took(Duration.ofNanos(System.nanoTime() - begun), Instant.now());
    }

    private HealthResult remember() {
        Vitals vitals = database.vitals();
        Optional<Vitals.Failure> failure = vitals.failure();
        if (failure.isPresent()) {
            String what = "The latest call failed " + secondsSince(failure.get().at()) + " s ago: "
                    + failure.get().reason();
            return withLastAnswer(isNews(failure.get().at()) ? HealthResult.down(what) : unknown(what));
        }
        if (vitals.lastBusy().filter(this::isNews).isPresent()) {
            return withLastAnswer(HealthResult.degraded(FOUND_ALL_IN_USE));
        }
        return vitals.lastAnswer().isPresent()
                ? withLastAnswer(HealthResult.up())
                : unknown("The database was not called yet.");
    }

    private boolean isNews(Instant at) {
        return Duration.between(at, Instant.now()).compareTo(news) < 0;
    }

    private static HealthResult unknown(String reason) {
        return new HealthResult(HealthStatus.UNKNOWN, Optional.of(reason), Map.of(), Duration.ZERO, Instant.now());
    }

    private HealthResult withLastAnswer(HealthResult result) {
        return database.vitals()
                .lastAnswer()
                .map(at -> result.with("secondsSinceLastAnswer", secondsSince(at)))
                .orElse(result);
    }

    private HealthResult ask(Duration limit) {
        boolean ownPool = database.connections().areOwn();
        Optional<PoolFigures> busy =
                database.pool().filter(pool -> areAllInUse(pool) || (ownPool && pool.waiting() > 0));
        try {
            return busy.isPresent()
                    ? askPastThePool(busy.get(), limit)
                    : database.firstCall(connection -> ask(connection, limit), PATIENCE);
        } catch (SQLException e) {
            if (database.connections().isBusy(e)) {
                return HealthResult.degraded(FOUND_ALL_IN_USE);
            }
            return HealthResult.down(
                    "The database does not answer: " + SqlFailure.of(e).message());
        }
    }

    private HealthResult askPastThePool(PoolFigures pool, Duration limit) throws SQLException {
        Optional<String> allInUse = areAllInUse(pool)
                ? Optional.of("All " + pool.max() + " connections are in use" + waiting(pool) + ".")
                : Optional.empty();
        if (!database.connections().areOwn()) {
            return degraded(remember(), allInUse);
        }
        try {
            return degraded(
                    database.callAnew(
                            connection -> ask(connection, limit), CONNECTING_PAST_THE_POOL, PATIENCE_PAST_THE_POOL),
                    allInUse);
        } catch (SQLException e) {
            if (allInUse.isPresent() && SqlFailure.of(e).state().equals(TOO_MANY_CONNECTIONS)) {
                return HealthResult.degraded(allInUse.get() + " The server has room for no more.");
            }
            if (allInUse.isPresent() && !isRefused(e) && hasJustAnswered()) {
                return HealthResult.degraded(allInUse.get() + " A connection beside them could not be had in time.");
            }
            throw e;
        }
    }

    private boolean hasJustAnswered() {
        return database.vitals()
                .lastAnswer()
                .filter(at -> Duration.between(at, Instant.now()).compareTo(JUST_NOW) < 0)
                .isPresent();
    }

    private static boolean isRefused(SQLException e) {
        for (Throwable link = e; link != null; link = link.getCause()) {
            if (link instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static boolean areAllInUse(PoolFigures pool) {
        return pool.active() >= pool.max();
    }

    private static String waiting(PoolFigures pool) {
        return switch (pool.waiting()) {
            case 0 -> "";
            case 1 -> ", and 1 call waits for one";
            default -> ", and " + pool.waiting() + " calls wait for one";
        };
    }

    private HealthResult ask(Connection connection, Duration limit) throws SQLException {
        Optional<String> problem = SchemaCheck.EVENTS.problem(connection, schema);
        if (problem.isPresent()) {
            return HealthResult.down(problem.get());
        }
        String synchronousCommit = Durability.synchronousCommit(connection);
        return degraded(judge(openAppends.read(connection), limit), Durability.problem(synchronousCommit))
                .with("synchronousCommit", synchronousCommit)
                .with("schema", schema.name())
                .with("schemaVersion", SchemaCheck.version(connection, schema));
    }

    /** At least degraded if there is a problem, which is added to what is said already. */
    private static HealthResult degraded(HealthResult result, Optional<String> problem) {
        return problem.map(said -> new HealthResult(
                        result.status() == HealthStatus.DOWN ? HealthStatus.DOWN : HealthStatus.DEGRADED,
                        Optional.of(result.reason().map(reason -> reason + " ").orElse("") + said),
                        result.details(),
                        result.duration(),
                        result.checkedAt()))
                .orElse(result);
    }

    private static HealthResult judge(List<OpenAppend> open, Duration limit) {
        HealthResult result = open.stream()
                .filter(append -> append.age().compareTo(limit) > 0)
                .findFirst()
                .map(append -> HealthResult.degraded("The log is held back by an append that has been open for "
                        + append.age().toSeconds() + " s in backend " + append.backend() + " (" + append.state()
                        + ", application '" + append.application() + "')."))
                .orElseGet(HealthResult::up);
        return result.with(
                "openAppends", open.stream().map(NeonHealthCheck::detail).toList());
    }

    private static Map<String, Object> detail(OpenAppend append) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("backend", append.backend());
        detail.put("seconds", append.age().toSeconds());
        detail.put("state", append.state());
        detail.put("application", append.application());
        return detail;
    }

    private HealthResult addPool(HealthResult result) {
        return database.pool().map(pool -> result.with("pool", numbers(pool))).orElse(result);
    }

    private static Map<String, Object> numbers(PoolFigures pool) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("active", pool.active());
        numbers.put("idle", pool.idle());
        numbers.put("waiting", pool.waiting());
        numbers.put("max", pool.max());
        return numbers;
    }

    private static long secondsSince(Instant at) {
        return Duration.between(at, Instant.now()).toSeconds();
    }
}
