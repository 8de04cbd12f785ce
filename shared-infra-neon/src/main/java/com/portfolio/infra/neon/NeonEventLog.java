package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.LogReader;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.SqlFunction;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/**
 * The log of all events in PostgreSQL or Neon.
 *
 * <p>Each append registers itself, as a lock that ends with its transaction, before it draws positions.
 * A reader stops short of the positions that a registered append may still fill, so that it skips
 * nothing, and is delayed by nothing but appends. It reads the primary, never a replica, which does not
 * know the registrations.
 *
 * <p>Waiting polls: one poll for everybody in the process who waits on the same {@link NeonDatabase},
 * every {@link NeonSettings#pollInterval()} while there are events, and more and more rarely up to
 * {@link NeonSettings#maxPollInterval()} while there are none: the pause doubles each time. An append of the same
 * process is noticed at once, except one that {@linkplain NeonEventStore#joining joined} a transaction, whose end
 * nobody tells. While nobody waits nothing is sent.
 */
public final class NeonEventLog implements EventLog {

    private final NeonDatabase database;
    private final LogReader reader;

    /**
     * Connects, and checks that the schema fits.
     *
     * @throws EventStoreUnavailableException if the database can't be reached
     * @throws EventStoreFailedException      if it refuses, or its schema does not fit this version of the
     *         library, with what to do about it
     */
    public NeonEventLog(NeonDatabase database, EventCodec codec) {
        this.database = Objects.requireNonNull(database, "database");
        Objects.requireNonNull(codec, "codec");
        NeonEventStore.requireSchema(database);
        NeonSettings settings = database.settings();
        this.reader = new LogReader(new SchemaName(settings.schema()), codec, settings.filterWindow());
    }

    @Override
    public LogPage read(LogQuery query) {
        return call("read the log after position " + query.after(), connection -> reader.read(connection, query));
    }

    @Override
    public Position head() {
        return Position.of(call("read the head of the log", reader::watermark));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the database is closed, or was while waiting
     */
    @Override
    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("A timeout must not be negative, but is " + timeout + ".");
        }
        try {
            return database.watch().awaitBeyond(position.value(), timeout, () -> database.call(reader::watermark));
        } catch (SQLException e) {
            if (Thread.interrupted() || SqlFailure.isInterruption(e)) {
                InterruptedException interrupted = new InterruptedException("Interrupted while waiting for the log.");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw Failures.eventStore("wait for the log", SqlFailure.of(e));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A copy of the database has another id: a dump that was restored, a database made from a template, a
     * branch at Neon. A server that was set back as a whole to an earlier time has not; its operator calls
     * the function {@code renew_log_v1()}. After {@code pg_upgrade} call {@code keep_log_v1()}.
     */
    @Override
    public LogId id() {
        return new LogId(call("read the log's id", reader::id));
    }

    private <T> T call(String what, SqlFunction<T> work) {
        try {
            return database.call(work);
        } catch (SQLException e) {
            throw Failures.eventStore(what, SqlFailure.of(e));
        }
    }
}
