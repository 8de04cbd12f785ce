package com.portfolio.infra.ports.projection;

import org.jspecify.annotations.Nullable;

/** The store refused for a reason that will not pass by itself. Nothing was changed. */
public final class ProjectionStoreFailedException extends ProjectionStoreException {

    private static final long serialVersionUID = 1L;

    public ProjectionStoreFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
