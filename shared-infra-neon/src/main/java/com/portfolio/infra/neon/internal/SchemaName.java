package com.portfolio.infra.neon.internal;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema that holds the tables, which stands unquoted in scripts and statements.
 *
 * <p>Every statement names it, as a {@code search_path} is state of a session and would leak to others
 * through a transaction-mode pooler.
 *
 * @param name a plain lower-case identifier, and no word that PostgreSQL takes for something else
 */
public record SchemaName(String name) {

    private static final String PLACEHOLDER = "${schema}";

    /** What PostgreSQL, up to 18, takes for something else where it stands before a table or function. */
    private static final Set<String> RESERVED = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean
            both case cast char character check coalesce collate collation column concurrently constraint create
            cross current_catalog current_date current_role current_schema current_time current_timestamp
            current_user dec decimal default deferrable desc distinct do else end except exists extract false
            fetch float for foreign freeze from full grant greatest group grouping having ilike in initially
            inner inout int integer intersect interval into is isnull join json json_array json_arrayagg
            json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
            lateral leading least left like limit localtime localtimestamp merge_action national natural nchar
            none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay
            placing position precision primary real references returning right row select session_user setof
            similar smallint some substring symmetric system_user table tablesample then time timestamp to
            trailing treat trim true union unique user using values varchar variadic verbose when where window
            with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
            xmlserialize xmltable
            """.strip().split("\\s+"));

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException with what {@link #problem} says, if it says anything
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
        if (RESERVED.contains(name)) {
            return "is a reserved word of SQL, '" + name + "'";
        }
        return null;
    }

    /** A statement with this schema in place of <code>${schema}</code>. */
    public String in(String sql) {
        return sql.replace(PLACEHOLDER, name);
    }
}
