package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;
import java.util.Optional;

/**
 * Which page of the dead letters to read.
 *
 * @param limit  the greatest number of letters to return, 1 to {@value #MAX_LIMIT}
 * @param cursor where the page before ended; empty for the first page. Opaque
 */
@Experimental
public record DeadLetterQuery(int limit, Optional<String> cursor) {

    /** The greatest number of letters that a page may have. */
    public static final int MAX_LIMIT = 1_000;

    public DeadLetterQuery {
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "A page must have 1 to " + MAX_LIMIT + " dead letters, not " + limit + ".");
        }
    }

    /** The first page. */
    public static DeadLetterQuery first(int limit) {
        return new DeadLetterQuery(limit, Optional.empty());
    }

    /** The page after one that ended at a cursor. */
    public DeadLetterQuery after(String pageCursor) {
        return new DeadLetterQuery(limit, Optional.of(pageCursor));
    }
}
