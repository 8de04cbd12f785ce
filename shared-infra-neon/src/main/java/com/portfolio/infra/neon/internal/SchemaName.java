package com.portfolio.infra.neon.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema that holds the tables, which stands unquoted in scripts and statements.
 *
 * <p>Every statement names it, as a {@code search_path} is state of a session and would leak to others
 * through a transaction-mode pooler.
 *
 * @param name a plain lower-case identifier
 */
public record SchemaName(String name) {

    private static final String PLACEHOLDER = "${schema}";

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is no plain identifier
     */
    public SchemaName {
        String problem = problem(name);
        if (problem != null) {
            throw new IllegalArgumentException("The schema's name " + problem + ".");
        }
    }

    /** What is wrong with a name; null if nothing is. */
    public static @Nullable String problem(String name) {
        Objects.requireNonNull(name, "schema");
        if (!name.matches("[a-z_][a-z0-9_]{0,62}") || name.startsWith("pg_")) {
            return "is no plain name: lower-case letters, digits and _, at most 63, not beginning with a digit or pg_";
        }
        return null;
    }

    /** A statement with this schema in place of <code>${schema}</code>. */
    public String in(String sql) {
        return sql.replace(PLACEHOLDER, name);
    }
}
