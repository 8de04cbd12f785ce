package com.portfolio.infra.utilities.messaging;

import java.util.Optional;

/**
 * A message as a source received it, not decoded yet. Two deliveries are equal only if they are the same object.
 *
 * <p>Asked by several threads, though by one at a time.
 */
public interface Delivery {

    /** Which messages it is handled in order with; empty if with none. */
    Optional<String> key();

    /** The logical name of its type, if that can be read without decoding it. */
    Optional<String> type();

    /** Its id, if that can be read without decoding it. */
    Optional<String> messageId();

    /** Where it was published: a topic, a stream, a queue. */
    String destination();

    /** Its place there, in the broker's own words. */
    String position();

    /** How many attempts members before this one made, as far as the broker counts them. */
    default int earlierAttempts() {
        return 0;
    }

    /** Names the message for people. */
    default String name() {
        return messageId().orElse("without id") + " at " + destination() + " " + position();
    }
}
