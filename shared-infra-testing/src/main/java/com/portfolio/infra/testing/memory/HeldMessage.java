package com.portfolio.infra.testing.memory;

import com.portfolio.infra.utilities.messaging.Delivery;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.util.Optional;

/** A message in the hands of a member. Guarded by the broker's lock, but for what never changes. */
final class HeldMessage implements Delivery {

    private final Lane lane;
    private final StoredMessage message;
    private boolean lost;
    private boolean unhandled;

    HeldMessage(Lane lane, StoredMessage message) {
        this.lane = lane;
        this.message = message;
    }

    Lane lane() {
        return lane;
    }

    StoredMessage message() {
        return message;
    }

    @Override
    public Optional<String> key() {
        return message.key();
    }

    @Override
    public Optional<String> type() {
        return message.type();
    }

    @Override
    public Optional<String> messageId() {
        return message.wire().header(WireMessage.ID);
    }

    @Override
    public String destination() {
        return InMemoryBroker.DESTINATION;
    }

    @Override
    public String position() {
        return Long.toString(message.position());
    }

    /** Whether the group does not wait for this member any more. */
    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /** Whether the group is done with it, if it is, without a handler that acknowledged it. */
    boolean isUnhandled() {
        return unhandled;
    }

    void markUnhandled() {
        unhandled = true;
    }
}
