package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * The broker did not acknowledge a message. If it did not answer, it is unknown whether the message was
 * stored; publishing the same message again is safe, as receivers know it by its id.
 */
@Experimental
public final class PublishFailedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String destination;
    private final String messageId;

    private PublishFailedException(
            String message, String destination, String messageId, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
        this.destination = destination;
        this.messageId = messageId;
    }

    /**
     * The broker did not answer, or was too busy; worth a retry.
     *
     * @param why what happened, as the end of a sentence, without a full stop
     */
    public static PublishFailedException unacknowledged(
            String destination, String messageId, String why, @Nullable Throwable cause) {
        return new PublishFailedException(
                "Message " + messageId + " was not acknowledged by '" + destination + "': " + why + ". It is unknown"
                        + " whether it was stored. Publishing the same message again is safe.",
                destination,
                messageId,
                cause,
                true);
    }

    /**
     * The broker refused, for a reason that will not pass by itself; nothing was stored.
     *
     * @param why what the broker said, as the end of a sentence, without a full stop
     */
    public static PublishFailedException refused(
            String destination, String messageId, String why, @Nullable Throwable cause) {
        return new PublishFailedException(
                "Message " + messageId + " was refused by '" + destination + "': " + why + ". It was not stored.",
                destination,
                messageId,
                cause,
                false);
    }

    /** Where the message should have gone. */
    public String destination() {
        return destination;
    }

    /** The id of the message. */
    public String messageId() {
        return messageId;
    }
}
