package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Whether a commit that was acknowledged outlives a crash of the server. */
public final class Durability {

    private Durability() {}

    /** The session's {@code synchronous_commit}, as server, database and role set it. */
    public static String synchronousCommit(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT current_setting('synchronous_commit')")) {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Why what is acknowledged may be lost all the same, as a sentence; empty if it is not. */
    public static Optional<String> problem(String synchronousCommit) {
        return synchronousCommit.equals("off")
                ? Optional.of("synchronous_commit is off, so that a crash of the server can lose appends that were"
                        + " acknowledged. Set it to on for this role: ALTER ROLE … SET synchronous_commit = on.")
                : Optional.empty();
    }
}
