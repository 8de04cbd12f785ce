package com.portfolio.infra.utilities.serialization;

import org.jspecify.annotations.Nullable;

/**
 * An object that can't be turned into JSON, or JSON that does not fit its class.
 *
 * <p>The message is the second half of a sentence, to which an adapter adds what the object is:
 * {@code can't be written as JSON: com.example.Cart at $.lines[2].note: …}. It names the class and the
 * path and holds no value; a key of a map is a value too, and stands in the path as {@code *}. The cause
 * says what was thrown and where, without its message.
 */
public final class JsonConversionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    JsonConversionException(String what, String path, String why, @Nullable Throwable cause) {
        super(what + " at " + path + ": " + why, cause);
        this.path = path;
    }

    /** Where in the document, from {@code $}, its root. */
    public String path() {
        return path;
    }
}
