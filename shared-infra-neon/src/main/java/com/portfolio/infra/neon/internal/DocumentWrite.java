package com.portfolio.infra.neon.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to one document.
 *
 * @param id       the document's id
 * @param expected the version that must be there, 0 for none; null for whatever is there
 * @param absent   whether it is deleted first, so that versions begin again
 * @param saves    how often it is saved then
 * @param text     the document; null if it is deleted
 * @param fields   the values of its indexed fields, as they are stored
 */
public record DocumentWrite(
        String id,
        @Nullable Long expected,
        boolean absent,
        int saves,
        @Nullable String text,
        Map<String, Object> fields) {

    /** Saves a document over what is there. */
    public static DocumentWrite save(String id, @Nullable Long expected, String text, Map<String, Object> fields) {
        return new DocumentWrite(id, expected, false, 1, text, fields);
    }

    /** Deletes what is there. */
    public static DocumentWrite delete(String id, @Nullable Long expected) {
        return new DocumentWrite(id, expected, true, 0, null, Map.of());
    }
}
