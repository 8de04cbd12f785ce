package com.portfolio.infra.testing.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one key that a group has not done with, in order. The first of them is held by one
 * member of the group at most, and the others wait for it.
 */
final class Lane {

    private final Optional<String> key;
    private final Deque<StoredMessage> messages = new ArrayDeque<>();
    private @Nullable HeldMessage holder;

    Lane(Optional<String> key) {
        this.key = key;
    }

    Optional<String> key() {
        return key;
    }

    void add(StoredMessage message) {
        messages.addLast(message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The first message, which there must be. */
    StoredMessage first() {
        return messages.getFirst();
    }

    StoredMessage removeFirst() {
        return messages.removeFirst();
    }

    boolean isHeld() {
        return holder != null;
    }

    boolean isHeldBy(HeldMessage message) {
        return holder == message;
    }

    void holdBy(HeldMessage message) {
        holder = message;
    }

    @Nullable HeldMessage letGo() {
        HeldMessage before = holder;
        holder = null;
        return before;
    }
}
