package com.portfolio.infra.ports.projection;

import java.util.Objects;
import java.util.Optional;

/**
 * Which page of a list to read.
 *
 * @param limit  the greatest number of documents to return, 1 to {@value #MAX_LIMIT}
 * @param cursor where the page before ended; empty for the first page. Opaque, and of use only with the
 *               list or query that it came from
 */
public record PageRequest(int limit, Optional<String> cursor) {

    /** The greatest number of documents that a page may have. */
    public static final int MAX_LIMIT = 1_000;

    public PageRequest {
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("A page must have 1 to " + MAX_LIMIT + " documents, not " + limit + ".");
        }
    }

    /** The first page. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    /** The page after one that ended at a cursor. */
    public PageRequest after(String pageCursor) {
        return new PageRequest(limit, Optional.of(pageCursor));
    }
}
