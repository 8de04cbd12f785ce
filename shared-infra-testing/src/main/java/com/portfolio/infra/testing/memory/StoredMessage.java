package com.portfolio.infra.testing.memory;

import com.portfolio.infra.utilities.messaging.WireMessage;
import java.util.Optional;

/**
 * A message in its place, for a group.
 *
 * @param position     its place in the broker, from 1
 * @param redriveCount how often it was a dead letter of the group before
 */
record StoredMessage(long position, WireMessage wire, int redriveCount) {

    static StoredMessage published(long position, WireMessage wire) {
        return new StoredMessage(position, wire, 0);
    }

    StoredMessage redriven() {
        return new StoredMessage(position, wire, redriveCount + 1);
    }

    Optional<String> key() {
        return wire.header(WireMessage.KEY);
    }

    Optional<String> type() {
        return wire.header(WireMessage.TYPE);
    }

    /** Names the message for people. */
    String name() {
        return wire.header(WireMessage.ID).orElse("without id") + " at " + position;
    }
}
