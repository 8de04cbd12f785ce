package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import org.jspecify.annotations.Nullable;

/** A message is larger than its broker takes. Nothing was stored. */
@Experimental
public final class MessageTooLargeException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String destination;
    private final String messageId;
    private final long size;
    private final long limit;

    /**
     * @param size  of the whole message, in bytes
     * @param limit what the broker takes, in bytes
     */
    public MessageTooLargeException(
            String destination, String messageId, long size, long limit, @Nullable Throwable cause) {
        super(
                "Message " + messageId + " has " + size + " bytes, but '" + destination + "' takes " + limit
                        + " at most; it was not stored.",
                cause,
                false);
        this.destination = destination;
        this.messageId = messageId;
        this.size = size;
        this.limit = limit;
    }

    /** Where the message should have gone. */
    public String destination() {
        return destination;
    }

    /** The id of the message. */
    public String messageId() {
        return messageId;
    }

    /** How large the message is, in bytes. */
    public long size() {
        return size;
    }

    /** How large a message may be, in bytes. */
    public long limit() {
        return limit;
    }
}
