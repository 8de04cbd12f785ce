package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.AppendAnswer;
import com.portfolio.infra.neon.internal.EncodedAppend;
import com.portfolio.infra.neon.internal.SchemaCheck;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.StreamReader;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event store in PostgreSQL or Neon.
 *
 * <p>An append is one statement and one round trip, whatever its number of events, and works through a
 * transaction-mode pooler.
 *
 * <p>When the connection breaks before an append is answered, the same events are appended again over a
 * new connection until the answer is known or {@link NeonSettings#inDoubtTimeout()} is over. When no
 * connection can be had in the first place, nothing was sent and nothing is repeated.
 *
 * <p>What is acknowledged outlives a crash of the server if {@code synchronous_commit} is on, as it is
 * unless somebody has changed it for the role, the database or the server. A store that finds it off when
 * it is made logs a warning.
 */
public final class NeonEventStore implements EventStore {

    private static final Logger LOG = LoggerFactory.getLogger(NeonEventStore.class);

    private final NeonDatabase database;
    private final EventCodec codec;
    private final Appending appending;
    private final StreamReader reader;

    /**
     * Connects, and checks that the schema fits.
     *
     * @throws EventStoreUnavailableException if the database can't be reached
     * @throws EventStoreFailedException      if it refuses, or its schema does not fit this version of the
     *         library, with what to do about it
     */
    public NeonEventStore(NeonDatabase database, EventCodec codec) {
        this.database = Objects.requireNonNull(database, "database");
        this.codec = Objects.requireNonNull(codec, "codec");
        requireSchema(database, SchemaCheck.EVENTS.tellingOfLosses(problem -> LOG.warn("{}", problem)));
        NeonSettings settings = database.settings();
        this.appending = new Appending(database);
        this.reader = new StreamReader(new SchemaName(settings.schema()), codec);
    }

    static void requireSchema(NeonDatabase database) {
        requireSchema(database, SchemaCheck.EVENTS);
    }

    private static void requireSchema(NeonDatabase database, SchemaCheck check) {
        try {
            database.schemaProblem(check).ifPresent(problem -> {
                throw new EventStoreFailedException(problem, null);
            });
        } catch (SQLException e) {
            throw Failures.eventStore("open the event store", SqlFailure.of(e));
        }
    }

    @Override
    public AppendResult append(AppendRequest request) {
        AppendAnswer answer = appending.append(EncodedAppend.of(request, codec));
        if (answer.status() == AppendAnswer.Status.APPENDED) {
            database.watch().wake();
        }
        return answer.resultOf(request);
    }

    @Override
    public StreamPage read(StreamQuery query) {
        try {
            return database.call(connection -> reader.read(connection, query));
        } catch (SQLException e) {
            throw Failures.eventStore("read stream '" + query.stream() + "'", SqlFailure.of(e));
        }
    }

    /**
     * This store inside a transaction that the caller has opened: its appends are committed with
     * everything else in it, or not at all, and its reads see what the transaction did.
     *
     * <p>Refused appends (a wrong version, an archived stream) leave the transaction usable. Nothing is
     * repeated: when the connection breaks the transaction is lost, and when it breaks during the commit,
     * what became of it is the caller's to find out.
     *
     * <p>While the transaction is open it holds back every event of the log that was appended after its
     * first append. The server ends it if it does nothing for
     * {@link NeonSettings#idleTransactionTimeout()}, so that a forgotten one can't do so for ever.
     *
     * @param transaction a connection with autocommit off, at READ COMMITTED or above; used, never closed,
     *                    and not shared with other threads meanwhile
     */
    public EventStore joining(Connection transaction) {
        Objects.requireNonNull(transaction, "transaction");
        return new EventStore() {
            @Override
            public AppendResult append(AppendRequest request) {
                requireTransaction(transaction);
                AppendResult result = appending
                        .join(transaction, EncodedAppend.of(request, codec))
                        .resultOf(request);
                database.watch().wake();
                return result;
            }

            @Override
            public StreamPage read(StreamQuery query) {
                try {
                    return database.limited(connection -> reader.read(connection, query), transaction);
                } catch (SQLException e) {
                    throw Failures.eventStore("read stream '" + query.stream() + "'", SqlFailure.of(e));
                }
            }
        };
    }

    private static void requireTransaction(Connection transaction) {
        try {
            if (transaction.getAutoCommit()) {
                throw new IllegalStateException(
                        "The connection is in autocommit mode, so there is no transaction to join;"
                                + " call setAutoCommit(false) first.");
            }
        } catch (SQLException e) {
            throw Failures.eventStore("join the caller's transaction", SqlFailure.of(e));
        }
    }
}
