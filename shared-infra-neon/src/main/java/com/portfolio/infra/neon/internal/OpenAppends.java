package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks who holds the log back. */
public final class OpenAppends {

    private static final String OPEN = """
            SELECT pid, coalesce(extract(epoch FROM transaction_age), 0), coalesce(state, 'of another role'),
                   coalesce(application_name, '')
              FROM ${schema}.open_appends_v1()
             ORDER BY 2 DESC
            """;

    private final String open;

    /**
     * An append that is not committed yet.
     *
     * @param backend     the process id of its session
     * @param age         how long its transaction has been open; zero if the session is of a role whose
     *                    sessions the present one may not see
     * @param state       what its session does
     * @param application what its session calls itself
     */
    public record OpenAppend(int backend, Duration age, String state, String application) {}

    public OpenAppends(SchemaName schema) {
        this.open = schema.in(OPEN);
    }

    /** All open appends, the oldest first. */
    public List<OpenAppend> read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(open)) {
            List<OpenAppend> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new OpenAppend(
                            row.getInt(1),
                            Duration.ofMillis((long) (row.getDouble(2) * 1_000)),
                            row.getString(3),
                            row.getString(4)));
                }
            }
            return found;
        }
    }
}
