package com.portfolio.infra.testing.server;

import java.sql.SQLException;
import java.util.UUID;

/** SQL whose names can't be parameters. */
final class Sql {

    private Sql() {}

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A name for a database that nobody used. */
    static String unusedName() {
        return "test_" + UUID.randomUUID().toString().replace("-", "");
    }

    static PostgresDatabase createDatabase(PostgresDatabase administration, String name, String template) {
        try {
            administration.execute("CREATE DATABASE " + identifier(name) + " TEMPLATE " + identifier(template));
            return administration.named(name);
        } catch (SQLException e) {
            throw new EmbeddedServerException("Database '" + name + "' was not created: " + e.getMessage(), e);
        }
    }
}
