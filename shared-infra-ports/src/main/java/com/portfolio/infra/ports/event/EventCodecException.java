package com.portfolio.infra.ports.event;

import com.portfolio.infra.ports.InfrastructureException;
import org.jspecify.annotations.Nullable;

/** A payload or metadata that could not be turned into text, or back. Never retryable. */
public abstract sealed class EventCodecException extends InfrastructureException
        permits EventEncodingException, EventDecodingException {

    private static final long serialVersionUID = 1L;

    EventCodecException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
