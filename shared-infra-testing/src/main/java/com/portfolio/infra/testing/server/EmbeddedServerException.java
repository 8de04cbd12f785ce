package com.portfolio.infra.testing.server;

import org.jspecify.annotations.Nullable;

/** A server for tests could not be unpacked, started, stopped or reached; the message says what to do. */
public final class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedServerException(String message) {
        this(message, null);
    }

    EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
