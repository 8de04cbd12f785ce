package com.portfolio.infra.utilities.middleware;

import java.util.Objects;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where in the request's body, as a JSON Pointer of RFC 6901 such as {@code /amount}
 * @param detail  what is wrong, as a sentence
 */
public record FieldError(String pointer, String detail) {

    public FieldError {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(detail, "detail");
    }
}
