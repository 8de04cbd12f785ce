package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.SqlFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels calls that take too long. Thread-safe.
 *
 * <p>One thread looks over the calls under way now and then. {@link java.sql.Statement#setQueryTimeout} starts a timer
 * for each statement, which wakes the timer's thread each time: a tenth of the time of an append whose server is near.
 */
final class CallLimit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallLimit.class);
    private static final long LOOK_MILLIS = 250;

    /** One for the looks; a cancel opens a connection of its own, which may hang. */
    private static final int THREADS = 5;

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean told = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
        Thread thread = new Thread(task, "shared-infra-call-limit");
        thread.setDaemon(true);
        return thread;
    });
    private final Future<?> looks =
            threads.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);

    /**
     * Does something with a connection, and cancels its statement when the limit has passed, again and again until
     * the call has ended.
     */
    <T> T within(Duration limit, Connection connection, SqlFunction<T> work) throws SQLException {
        PGConnection driver;
        try {
            driver = connection.unwrap(PGConnection.class);
        } catch (SQLException e) {
            tellThatNothingIsLimited(connection);
            return work.on(connection);
        }
        Call call = new Call(driver, System.nanoTime() + limit.toNanos());
        calls.add(call);
        try {
            return work.on(connection);
        } finally {
            calls.remove(call);
            call.end();
        }
    }

    private void tellThatNothingIsLimited(Connection connection) throws SQLException {
        if (!connection.isClosed() && told.compareAndSet(false, true)) {
            LOG.warn(
                    "statementTimeout has no effect: a {} can't be unwrapped to the driver's connection. Set a"
                            + " statement_timeout for the role, or a socketTimeout of the driver.",
                    connection.getClass().getName());
        }
    }

    private void look() {
        long now = System.nanoTime();
        for (Call call : calls) {
            if (call.isDue(now)) {
                threads.execute(call::cancel);
            }
        }
    }

    /** How many calls are under way. */
    int underWay() {
        return calls.size();
    }

    /** Ends the threads. Calls are not limited any more. */
    @Override
    public void close() {
        looks.cancel(false);
        threads.shutdownNow();
    }

    /** A call under way. */
    private static final class Call {

        private final PGConnection connection;
        private final long deadline;
        private final AtomicBoolean cancelling = new AtomicBoolean();
        private boolean ended;

        Call(PGConnection connection, long deadline) {
            this.connection = connection;
            this.deadline = deadline;
        }

        /** Whether it is to be cancelled now. Says so once for each {@link #cancel}. */
        boolean isDue(long now) {
            return now - deadline >= 0 && cancelling.compareAndSet(false, true);
        }

        /**
         * Cancels. A call that ends meanwhile waits until the server has taken note, so that nothing that comes after it
         * is hit. Behind a proxy that answers before it has passed the cancel on, as Neon's seems to do, what comes next
         * may be hit, and then fails as cancelled.
         */
        synchronized void cancel() {
            try {
                if (!ended) {
                    connection.cancelQuery();
                }
            } catch (SQLException e) {
                LOG.warn(
                        "A call that takes too long could not be cancelled: {}",
                        SqlFailure.of(e).message());
            } catch (RuntimeException e) {
                // Out of here nobody would hear of it.
                LOG.warn("A call that takes too long could not be cancelled.", e);
            } finally {
                cancelling.set(false);
            }
        }

        synchronized void end() {
            ended = true;
        }
    }
}
