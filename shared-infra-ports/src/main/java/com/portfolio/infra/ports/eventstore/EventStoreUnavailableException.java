package com.portfolio.infra.ports.eventstore;

import org.jspecify.annotations.Nullable;

/** The store can't be reached or is too busy, and may be back soon. Nothing was stored. */
public final class EventStoreUnavailableException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public EventStoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
