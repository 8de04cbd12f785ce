package com.portfolio.infra.neon.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scripts on the class path. */
public final class SchemaScripts {

    /** Where the numbered migrations are. */
    public static final String MIGRATIONS = "db/shared-infra/neon/migrations";

    private static final String ROLES = "db/shared-infra/neon/roles";
    private static final String ROLE = "${role}";

    /** In bytes. PostgreSQL cuts a longer name off, so that it could name another role. */
    private static final int LONGEST_NAME = 63;

    private SchemaScripts() {}

    /** A migration, for a schema. */
    public static String migration(String fileName, SchemaName schema) {
        return schema.in(read(MIGRATIONS + "/" + fileName));
    }

    /** What a role needs. */
    public static String grants(String fileName, SchemaName schema, String role) {
        return schema.in(read(ROLES + "/" + fileName)).replace(ROLE, quoted(role));
    }

    private static String quoted(String identifier) {
        if (identifier.isEmpty()
                || identifier.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || identifier.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A role's name has 1 to 63 bytes, and no control characters.");
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String read(String path) {
        try (InputStream in = SchemaScripts.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The script " + path + " is missing from the jar of shared-infra-neon.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The script " + path + " can't be read.", e);
        }
    }
}
