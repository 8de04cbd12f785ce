package com.portfolio.infra.kafka;

import java.util.Objects;

/**
 * Which topic the messages of an event type are in. All services that share messages share this, too.
 *
 * <p>A topic for each type keeps the order of a key within its type. A naming that puts several types into one topic keeps
 * it among them as well; subscribers pass over what they did not ask for. Thread-safe, as every implementation must be,
 * and the same for the same type, always.
 */
@FunctionalInterface
public interface TopicNaming {

    /** The prefix of {@link #usual()}. */
    String USUAL_PREFIX = "events";

    /** The name of the topic of an event type, which is its logical name. */
    String topicOf(String eventType);

    /** {@code events.<event type>}. */
    static TopicNaming usual() {
        return prefixed(USUAL_PREFIX);
    }

    /** {@code <prefix>.<event type>}. */
    static TopicNaming prefixed(String prefix) {
        TopicName.check(Objects.requireNonNull(prefix, "prefix"));
        return eventType -> prefix + "." + eventType;
    }
}
