package com.portfolio.infra.neon.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the schema has what this version of the library calls, and whether the present role may.
 *
 * <p>Functions carry their version in their name, so that a newer schema which still has the old functions
 * fits too: two versions of the library run beside each other while a service is deployed.
 */
public final class SchemaCheck {

    /** What the event store and the log need. */
    public static final SchemaCheck EVENTS = new SchemaCheck(
            List.of("events", "streams"),
            List.of("SELECT"),
            List.of(
                    "append_one_v1",
                    "append_v1",
                    "append_joined_v1",
                    "settled_v1",
                    "read_log_v1",
                    "watermark_v1",
                    "log_id_v1"));

    /** What projections need. */
    public static final SchemaCheck PROJECTIONS = new SchemaCheck(
            List.of("documents", "document_fields", "checkpoints"),
            List.of("SELECT", "INSERT", "UPDATE", "DELETE"),
            List.of("write_documents_v1"));

    private static final String FIND = """
            SELECT w.name, c.oid IS NOT NULL OR f.oid IS NOT NULL,
                   coalesce(has_schema_privilege(n.oid, 'USAGE')
                            AND ((SELECT bool_and(has_table_privilege(c.oid, p.privilege)) FROM unnest(?::text[]) AS p (privilege))
                                 OR has_function_privilege(f.oid, 'EXECUTE')), false)
              FROM unnest(?::text[], ?::text[]) AS w (name, kind)
              LEFT JOIN pg_namespace n ON n.nspname = ?
              LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name AND w.kind = 'table'
              LEFT JOIN pg_proc f ON f.pronamespace = n.oid AND f.proname = w.name AND w.kind = 'function'
            """;

    private static final String VERSION = "SELECT ${schema}.schema_version()";

    private final List<String> tables;
    private final List<String> privileges;
    private final List<String> functions;
    private final @Nullable Consumer<String> losses;

    private SchemaCheck(List<String> tables, List<String> privileges, List<String> functions) {
        this(tables, privileges, functions, null);
    }

    private SchemaCheck(
            List<String> tables, List<String> privileges, List<String> functions, @Nullable Consumer<String> losses) {
        this.losses = losses;
        this.tables = tables;
        this.privileges = privileges;
        this.functions = functions;
    }

    /** The same check, which also tells of a {@link Durability#problem durability problem}, by the same connection. */
    public SchemaCheck tellingOfLosses(Consumer<String> listener) {
        return new SchemaCheck(tables, privileges, functions, listener);
    }

    /** What does not fit and what to do about it, as a sentence; empty if all is well. */
    public Optional<String> problem(Connection connection, SchemaName schema) throws SQLException {
        List<String> missing = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, privileges.toArray(new String[0]), Types.ARRAY);
            statement.setObject(2, names(), Types.ARRAY);
            statement.setObject(3, kinds(), Types.ARRAY);
            statement.setString(4, schema.name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (!row.getBoolean(2)) {
                        missing.add(row.getString(1));
                    } else if (!row.getBoolean(3)) {
                        forbidden.add(row.getString(1));
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            return Optional.of("Schema '" + schema.name() + "' does not fit this version of shared-infra: it has no "
                    + String.join(", ", missing) + ". Run NeonSchema.migrate(), or the scripts of NeonSchema.scripts(),"
                    + " as the owner of the schema.");
        }
        if (!forbidden.isEmpty()) {
            return Optional.of("The database's role may not use " + String.join(", ", forbidden) + " in schema '"
                    + schema.name() + "'. Run NeonSchema.grantToApplication(), or the script of"
                    + " NeonSchema.applicationGrants(), as the owner of the schema.");
        }
        if (losses != null) {
            Durability.problem(Durability.synchronousCommit(connection)).ifPresent(losses);
        }
        return Optional.empty();
    }

    /** The number of the newest script that was run. */
    public static int version(Connection connection, SchemaName schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(schema.in(VERSION));
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private String[] names() {
        List<String> names = new ArrayList<>(tables);
        names.addAll(functions);
        return names.toArray(new String[0]);
    }

    private String[] kinds() {
        List<String> kinds = new ArrayList<>();
        tables.forEach(table -> kinds.add("table"));
        functions.forEach(function -> kinds.add("function"));
        return kinds.toArray(new String[0]);
    }
}
