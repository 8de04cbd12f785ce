package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Objects;
import java.util.Optional;

/**
 * What a broker acknowledged.
 *
 * @param messageId   the id of the message
 * @param destination where it was stored: a topic, a stream, a queue
 * @param position    its place there, in the broker's own words; empty where the broker does not tell
 */
@Experimental
public record PublishReceipt(String messageId, String destination, Optional<String> position) {

    public PublishReceipt {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(position, "position");
    }
}
