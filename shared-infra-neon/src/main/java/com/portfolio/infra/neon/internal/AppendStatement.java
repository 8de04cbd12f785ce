package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Sends an append: one statement, one round trip. */
public final class AppendStatement {

    private static final String APPEND_ONE =
            "SELECT " + AppendAnswer.COLUMNS + " FROM ${schema}.append_one_v1(?, ?, ?, ?, ?, ?, ?) a";

    private static final String APPEND =
            "SELECT " + AppendAnswer.COLUMNS + " FROM ${schema}.append_v1(?, ?, ?, ?, ?, ?, ?) a";

    private static final String APPEND_JOINED =
            "SELECT " + AppendAnswer.COLUMNS + " FROM ${schema}.append_joined_v1(?, ?, ?, ?, ?, ?, ?, ?) a";

    private final String appendOne;
    private final String append;
    private final String appendJoined;
    private final int timeoutSeconds;
    private final int idleMillis;

    /**
     * @param timeout     after which the statement is cancelled
     * @param idleTimeout after which the server ends a joined transaction that does nothing
     */
    public AppendStatement(SchemaName schema, Duration timeout, Duration idleTimeout) {
        this.appendOne = schema.in(APPEND_ONE);
        this.append = schema.in(APPEND);
        this.appendJoined = schema.in(APPEND_JOINED);
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
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
            return execute(statement);
        }
    }

    /** Appends in the connection's open transaction. */
    public AppendAnswer join(Connection connection, EncodedAppend events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(appendJoined)) {
            events.bind(connection, statement);
            statement.setInt(8, idleMillis);
            return execute(statement);
        }
    }

    private AppendAnswer execute(PreparedStatement statement) throws SQLException {
        statement.setQueryTimeout(timeoutSeconds);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return AppendAnswer.read(row);
        }
    }
}
