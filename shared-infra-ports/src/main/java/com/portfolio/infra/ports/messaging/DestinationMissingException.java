package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * A topic, stream or queue does not exist, and was not asked to be created. Nothing was stored, nothing
 * was created.
 */
@Experimental
public final class DestinationMissingException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String destination;

    /**
     * @param attempted what was to be done, such as {@code publishing message 42}
     */
    public DestinationMissingException(String destination, String attempted, @Nullable Throwable cause) {
        super(
                "Destination '" + destination + "' does not exist, so " + attempted + " failed; nothing was created."
                        + " Create it, or have the bus create it by configuration.",
                cause,
                false);
        this.destination = destination;
    }

    /** What is missing. */
    public String destination() {
        return destination;
    }
}
