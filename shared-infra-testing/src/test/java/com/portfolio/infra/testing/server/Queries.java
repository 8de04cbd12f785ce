package com.portfolio.infra.testing.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One value from one query. */
final class Queries {

    private Queries() {}

    static String value(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return value(connection, sql);
        }
    }

    static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
