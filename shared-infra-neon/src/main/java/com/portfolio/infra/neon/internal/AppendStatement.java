package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Sends an append: one statement, one round trip. */
public final class AppendStatement {

    private static final String APPEND_ONE = "SELECT ${schema}.append_one_v1(?, ?, ?, ?, ?, ?, ?)";

    private static final String APPEND = "SELECT ${schema}.append_v1(?, ?, ?, ?, ?, ?, ?)";

    private static final String APPEND_JOINED = "SELECT ${schema}.append_joined_v1(?, ?, ?, ?, ?, ?, ?, ?)";

    private final String appendOne;
    private final String append;
    private final String appendJoined;
    private final int idleMillis;

    /** @param idleTimeout after which the server ends a joined transaction that does nothing */
    public AppendStatement(SchemaName schema, Duration idleTimeout) {
        this.appendOne = schema.in(APPEND_ONE);
        this.append = schema.in(APPEND);
        this.appendJoined = schema.in(APPEND_JOINED);
        this.idleMillis = (int) idleTimeout.toMillis();
    }

    /** Appends in a transaction of its own; the connection is in autocommit mode. */
    public AppendAnswer run(Connection connection, EncodedAppend events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(events.isOne() ? appendOne : append)) {
            if (events.isOne()) {
                events.bindOne(statement);
            } else {
                events.bind(connection, statement);
            }
            return execute(statement, events);
        }
    }

    /** Appends in the connection's open transaction. */
    public AppendAnswer join(Connection connection, EncodedAppend events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(appendJoined)) {
            events.bind(connection, statement);
            statement.setInt(8, idleMillis);
            return execute(statement, events);
        }
    }

    private static AppendAnswer execute(PreparedStatement statement, EncodedAppend events) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return AppendAnswer.read(row, events.size());
        }
    }
}
