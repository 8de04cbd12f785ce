package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * The broker refused for a reason that will not pass by itself: wrong credentials, a missing permission, a
 * destination that has other partitions than it is configured to have.
 */
@Experimental
public final class MessagingFailedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    public MessagingFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
