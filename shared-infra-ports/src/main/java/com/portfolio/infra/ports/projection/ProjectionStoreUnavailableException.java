package com.portfolio.infra.ports.projection;

import org.jspecify.annotations.Nullable;

/**
 * The store can't be reached or is too busy, and may be back soon. If the connection broke before the
 * answer came, it is unknown whether the call came through.
 */
public final class ProjectionStoreUnavailableException extends ProjectionStoreException {

    private static final long serialVersionUID = 1L;

    public ProjectionStoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
