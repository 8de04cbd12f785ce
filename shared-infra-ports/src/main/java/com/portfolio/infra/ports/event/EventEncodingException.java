package com.portfolio.infra.ports.event;

import org.jspecify.annotations.Nullable;

/** A payload that cannot be written. Thrown before anything is sent; nothing was stored. */
public final class EventEncodingException extends EventCodecException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message names the payload's class and the offending field, and holds no value of it
     */
    public EventEncodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
