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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels calls that take too long. Thread-safe.
 *
 * <p>One thread looks over the calls under way now and then. {@link java.sql.Statement#setQueryTimeout} starts
 * a timer for each statement, which wakes the timer's thread each time: a tenth of the time of an append whose server is
 * near.
 */
final class CallLimit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallLimit.class);
    private static final long LOOK_MILLIS = 250;

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final Object starting = new Object();
    private final ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "shared-infra-call-limit");
        thread.setDaemon(true);
        return thread;
    });

    /** Nothing before the first call. */
    private volatile @Nullable Future<?> looking;

    /** Does something with a connection; its statement is cancelled within half a second after the limit. */
    <T> T within(Duration limit, Connection connection, SqlFunction<T> work) throws SQLException {
        start();
        Call call = new Call(connection, System.nanoTime() + limit.toNanos());
        calls.add(call);
        try {
            return work.on(connection);
        } finally {
            calls.remove(call);
            call.end();
        }
    }

    private void start() {
        if (looking != null) {
            return;
        }
        synchronized (starting) {
            if (looking == null && !looks.isShutdown()) {
                looking = looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void look() {
        long now = System.nanoTime();
        calls.forEach(call -> call.cancelIfOverdue(now));
    }

    /** Ends the thread. Calls are not limited any more. */
    @Override
    public void close() {
        looks.shutdownNow();
    }

    /** A call under way. */
    private static final class Call {

        private final Connection connection;
        private final long deadline;
        private boolean over;

        Call(Connection connection, long deadline) {
            this.connection = connection;
            this.deadline = deadline;
        }

        /** Cancels once. A call that ends meanwhile waits, so that nothing that comes after it is cancelled. */
        synchronized void cancelIfOverdue(long now) {
            if (over || now - deadline < 0) {
                return;
            }
            over = true;
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                LOG.warn(
                        "A call that takes too long could not be cancelled: {}",
                        SqlFailure.of(e).message());
            } catch (RuntimeException e) {
                // Out of here it would end the looks.
                LOG.warn("A call that takes too long could not be cancelled.", e);
            }
        }

        synchronized void end() {
            over = true;
        }
    }
}
