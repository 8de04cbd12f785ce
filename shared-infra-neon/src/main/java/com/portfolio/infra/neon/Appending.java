package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.AppendAnswer;
import com.portfolio.infra.neon.internal.AppendStatement;
import com.portfolio.infra.neon.internal.EncodedAppend;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends in a transaction of its own, and finds out what became of an append whose connection broke.
 *
 * <p>Looking for the events would prove nothing: the broken append may still wait for a lock, or be on
 * its way, and commit later. Appending the same events again is proof: either they are found, or they
 * are stored now, and the broken append finds them when it comes.
 */
final class Appending {

    private static final Logger LOG = LoggerFactory.getLogger(Appending.class);
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final NeonDatabase database;
    private final AppendStatement statement;
    private final Duration inDoubtTimeout;

    Appending(NeonDatabase database) {
        NeonSettings settings = database.settings();
        this.database = database;
        this.statement = new AppendStatement(new SchemaName(settings.schema()), settings.idleTransactionTimeout());
        this.inDoubtTimeout = settings.inDoubtTimeout();
    }

    AppendAnswer append(EncodedAppend append) {
        database.calls().begin();
        try {
            return appendOrFindOut(append);
        } finally {
            database.calls().end();
        }
    }

    private AppendAnswer appendOrFindOut(EncodedAppend append) {
        long begun = System.nanoTime();
        Connection connection = connect(append);
        SQLException broken;
        try {
            return database.watched(c -> statement.run(c, append), connection);
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.of(e);
            if (failure.refusedByServer() && NeonConnections.lives(connection)) {
                throw Failures.eventStore(describe(append) + ", nothing was stored", failure);
            }
            LOG.info(
                    "The connection broke during an append to stream '{}', which is repeated to find out what became"
                            + " of it: {}",
                    append.request().stream(),
                    failure.message());
            broken = e;
        } finally {
            NeonConnections.release(connection);
        }
        return resolve(append, begun, broken);
    }

    /** Appends in the caller's transaction, whose end is the caller's. */
    AppendAnswer join(Connection connection, EncodedAppend append) {
        try {
            return database.limited(c -> statement.join(c, append), connection);
        } catch (SQLException e) {
            throw Failures.eventStore(
                    describe(append) + " in the caller's transaction, which has to be rolled back", SqlFailure.of(e));
        }
    }

    private Connection connect(EncodedAppend append) {
        try {
            return database.connections().connect();
        } catch (SQLException e) {
            throw Failures.eventStore(describe(append) + ", nothing was stored", SqlFailure.of(e));
        }
    }

    private AppendAnswer resolve(EncodedAppend append, long begun, SQLException broken) {
        long deadline = System.nanoTime() + inDoubtTimeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        SQLException last = broken;
        while (true) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero() || Thread.currentThread().isInterrupted()) {
                throw unknown(append, begun, last);
            }
            try {
                Optional<AppendAnswer> answer = repeat(append, left);
                if (answer.isPresent()) {
                    return answer.get().asOfCallThatTook(since(begun));
                }
            } catch (SQLException e) {
                last = e;
                if (!database.connections().mayPass(SqlFailure.of(e))) {
                    throw unknown(append, begun, e);
                }
            } catch (RuntimeException e) {
                throw unknown(append, begun, e);
            }
            LockSupport.parkNanos(Math.min(pause, Math.max(0, deadline - System.nanoTime())));
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }

    /** The answer of one repetition; empty if it says nothing of the first append. */
    private Optional<AppendAnswer> repeat(EncodedAppend append, Duration left) throws SQLException {
        Connection connection = database.connections().connectAnew(left);
        try {
            return repeatOver(connection, append, left);
        } finally {
            NeonConnections.release(connection);
        }
    }

    private Optional<AppendAnswer> repeatOver(Connection connection, EncodedAppend append, Duration left)
            throws SQLException {
        int before = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, left.toMillis()));
        try {
            AppendAnswer answer = database.watched(c -> statement.run(c, append), connection);
            return Optional.of(answer).filter(a -> a.settles(append.request()));
        } finally {
            restoreNetworkTimeout(connection, before);
        }
    }

    /** A caller's pool gives the connection to others. */
    private static void restoreNetworkTimeout(Connection connection, int millis) {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLException e) {
            LOG.debug(
                    "A connection that broke keeps its time limit: {}",
                    SqlFailure.of(e).message());
        }
    }

    private AppendOutcomeUnknownException unknown(EncodedAppend append, long begun, Exception cause) {
        return new AppendOutcomeUnknownException(append.request(), since(begun), cause);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String describe(EncodedAppend append) {
        return "append to stream '" + append.request().stream() + "'";
    }
}
