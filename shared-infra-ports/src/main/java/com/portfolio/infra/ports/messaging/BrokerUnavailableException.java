package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * The broker can't be reached or is too busy, and may be back soon. A call that changes something may have
 * changed a part of it, and is safe to repeat.
 */
@Experimental
public final class BrokerUnavailableException extends MessagingException {

    private static final long serialVersionUID = 1L;

    public BrokerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
