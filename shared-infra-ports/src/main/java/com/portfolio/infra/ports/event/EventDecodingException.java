package com.portfolio.infra.ports.event;

import org.jspecify.annotations.Nullable;

/** A stored or received payload that no class of this service fits. The text itself is unharmed. */
public final class EventDecodingException extends EventCodecException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message names the event type and why it does not fit, and holds no value of the payload
     */
    public EventDecodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
