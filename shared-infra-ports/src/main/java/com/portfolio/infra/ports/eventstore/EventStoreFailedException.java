package com.portfolio.infra.ports.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The store refused for a reason that will not pass by itself: wrong credentials, a missing permission, a
 * schema that does not fit. Nothing was stored.
 */
public final class EventStoreFailedException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public EventStoreFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
