package com.portfolio.infra.neon;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.testing.contract.EventStoreFixture;
import com.portfolio.infra.testing.contract.JoinedTransaction;
import com.portfolio.infra.testing.contract.KitCodecs;
import com.portfolio.infra.testing.contract.OpenAppend;
import com.portfolio.infra.testing.contract.StreamOperator;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import com.portfolio.infra.testing.server.PgBouncerServer;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A database of its own for the kits, entered by the application's role, over any way to reach it. */
class NeonFixture implements EventStoreFixture {

    private final PostgresDatabase owner = TestDatabases.create();
    private final FaultyProxy network;
    private final PostgresDatabase reached;
    private final NeonDatabase database;
    private final NeonEventStore store;
    private final NeonEventLog log;

    /** How the application reaches a database. */
    @FunctionalInterface
    interface Way {

        PostgresDatabase to(PostgresDatabase database);
    }

    NeonFixture(Way way, NeonSettings settings) {
        PostgresDatabase near = way.to(TestDatabases.asApplication(owner));
        this.network = FaultyProxy.to(near.address());
        this.reached = near.through(network.address());
        this.database = NeonDatabase.open(reached.libpqUrl(), settings);
        this.store = new NeonEventStore(database, KitCodecs.current());
        this.log = new NeonEventLog(database, KitCodecs.current());
    }

    static NeonFixture direct() {
        return new NeonFixture(database -> database, settings());
    }

    /** Without connections that are made in the background, which would be broken in place of an append's. */
    private static NeonSettings settings() {
        return TestDatabases.settings().toBuilder()
                .pool(PoolSettings.scaleToZero().withAcquireTimeout(Duration.ofSeconds(5)))
                .build();
    }

    /** Through a pooler that knows no prepared statements. */
    static NeonFixture through(PgBouncerServer pooler) {
        return new NeonFixture(
                database -> pooler.through(database).with("prepareThreshold", "0"),
                settings().toBuilder()
                        .preparedStatements(NeonSettings.PreparedStatements.OFF)
                        .build());
    }

    PostgresDatabase owner() {
        return owner;
    }

    NeonDatabase database() {
        return database;
    }

    @Override
    public NeonEventStore store() {
        return store;
    }

    @Override
    public EventStore storeWith(EventCodec codec) {
        return new NeonEventStore(database, codec);
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public StreamOperator operator() {
        return new StreamOperator() {
            @Override
            public void archive(String streamId) {
                call("archive_stream_v1(?, true)", streamId);
            }

            @Override
            public void reopen(String streamId) {
                call("archive_stream_v1(?, false)", streamId);
            }

            @Override
            public void tombstone(String streamId) {
                call("tombstone_stream_v1(?)", streamId);
            }
        };
    }

    private void call(String function, String streamId) {
        try (Connection connection = TestDatabases.asOperator(owner).connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT " + TestDatabases.SCHEMA + "." + function)) {
            statement.setString(1, streamId);
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<OpenAppends> openAppends() {
        return Optional.of(request -> new JoinedAppend(reached, store, request));
    }

    @Override
    public Optional<JoinedTransactions> joinedTransactions() {
        execute("CREATE TABLE IF NOT EXISTS rows_of_a_service (id text PRIMARY KEY);"
                + " GRANT ALL ON rows_of_a_service TO " + TestDatabases.APPLICATION);
        return Optional.of(new JoinedTransactions() {
            @Override
            public JoinedTransaction begin() {
                return new ServiceTransaction(reached, store);
            }

            @Override
            public boolean hasCommitted(String row) {
                return holds("SELECT EXISTS (SELECT FROM rows_of_a_service WHERE id = ?)", row);
            }
        });
    }

    private boolean holds(String query, String value) {
        try (Connection connection = owner.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, value);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<BrokenAppends> brokenAppends() {
        return Optional.of(stored -> network.cutAfter(stored ? Direction.TO_CLIENT : Direction.TO_SERVER, 1)::happened);
    }

    @Override
    public Optional<Outages> outages() {
        return Optional.of(() -> {
            network.refuse();
            network.cutAll();
            return network::accept;
        });
    }

    @Override
    public Optional<LogRestore> restore() {
        String s = TestDatabases.SCHEMA;
        return Optional.of(position -> execute("DELETE FROM " + s + ".events WHERE position > " + position + ";"
                + "UPDATE " + s + ".streams s SET version ="
                + " (SELECT coalesce(max(e.version), 0) FROM " + s + ".events e WHERE e.stream_id = s.stream_id);"
                + "DELETE FROM " + s + ".streams WHERE version = 0 AND state < 2;"
                + "SELECT setval('" + s + ".event_position', greatest(1, " + position + "), " + position + " > 0);"
                + "SELECT " + s + ".renew_log_v1()"));
    }

    @Override
    public Optional<UnrelatedTransactions> unrelatedTransactions() {
        return Optional.of(() -> {
            try {
                Connection connection = owner.connect();
                connection.setAutoCommit(false);
                connection
                        .createStatement()
                        .execute("CREATE TABLE unrelated (x int); INSERT INTO unrelated VALUES (1)");
                return () -> {
                    try {
                        connection.rollback();
                        connection.close();
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                };
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void execute(String sql) {
        try {
            owner.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        database.close();
        network.close();
        Postgres.shared().dropDatabase(owner);
    }

    /** A transaction of a caller's, and an append in it. */
    private static final class JoinedAppend implements OpenAppend {

        private final JoinedTransaction transaction;
        private final AppendResult result;

        JoinedAppend(PostgresDatabase database, NeonEventStore store, AppendRequest request) {
            transaction = new ServiceTransaction(database, store);
            try {
                result = transaction.store().append(request);
            } catch (RuntimeException e) {
                transaction.close();
                throw e;
            }
        }

        @Override
        public AppendResult result() {
            return result;
        }

        @Override
        public void commit() {
            transaction.commit();
        }

        @Override
        public void rollback() {
            transaction.rollback();
        }
    }

    /** A transaction on a connection of the caller's own. */
    private static final class ServiceTransaction implements JoinedTransaction {

        private final Connection connection;
        private final EventStore store;

        ServiceTransaction(PostgresDatabase database, NeonEventStore store) {
            try {
                this.connection = database.connect();
                this.connection.setAutoCommit(false);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            this.store = store.joining(connection);
        }

        @Override
        public EventStore store() {
            return store;
        }

        @Override
        public void write(String row) {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO rows_of_a_service VALUES (?)")) {
                statement.setString(1, row);
                statement.execute();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void commit() {
            end(Connection::commit);
        }

        @Override
        public void rollback() {
            end(Connection::rollback);
        }

        /** A way to end a transaction. */
        private interface End {

            void of(Connection transaction) throws SQLException;
        }

        private void end(End end) {
            try {
                if (!connection.isClosed()) {
                    end.of(connection);
                    connection.close();
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
