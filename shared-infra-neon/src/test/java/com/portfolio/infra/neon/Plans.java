package com.portfolio.infra.neon;

import com.portfolio.infra.neon.SentStatements.Statement;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** How the server carries out a statement. */
final class Plans implements AutoCloseable {

    /** Whom a plan is made for. */
    enum Mode {
        /** For the values of this call, as a statement is planned that is sent for the first time. */
        CUSTOM,
        /** For any values, as a statement is planned once that a session has prepared. */
        GENERIC
    }

    private final Connection connection;
    private int prepared;

    Plans(PostgresDatabase database) throws SQLException {
        this.connection = database.connect();
    }

    /** The plan as text. */
    String of(Statement statement, Mode mode) throws SQLException {
        String name = prepare(statement.sql());
        execute("SET plan_cache_mode = force_" + mode + "_plan");
        return explain(name, statement.parameters());
    }

    private String prepare(String sql) throws SQLException {
        String name = "p" + ++prepared;
        String[] parts = sql.split("\\?", -1);
        StringBuilder numbered = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            numbered.append('$').append(i).append(parts[i]);
        }
        execute("PREPARE " + name + " AS " + numbered);
        return name;
    }

    private String explain(String name, List<Object> parameters) throws SQLException {
        String values = parameters.stream().map(Plans::literal).collect(Collectors.joining(", "));
        StringBuilder plan = new StringBuilder();
        try (java.sql.Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN EXECUTE " + name + "(" + values + ")")) {
            while (row.next()) {
                plan.append(row.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static String literal(Object value) {
        return value instanceof Number
                ? value.toString()
                : "'" + value.toString().replace("'", "''") + "'";
    }

    private void execute(String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
