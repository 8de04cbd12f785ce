package com.portfolio.infra.testing.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one key that a group has not done with, in order. While a member holds some of them, no other one gets
 * any.
 */
final class Lane {

    private final Optional<String> key;
    private final Deque<StoredMessage> waiting = new ArrayDeque<>();
    private final Deque<HeldMessage> held = new ArrayDeque<>();
    private @Nullable InMemorySource owner;

    /** Who lost it, and gets it again only if there is nobody else. */
    private @Nullable InMemorySource loser;

    Lane(Optional<String> key) {
        this.key = key;
    }

    Optional<String> key() {
        return key;
    }

    void add(StoredMessage message) {
        waiting.addLast(message);
    }

    /** Whether there is something to take. */
    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && held.isEmpty();
    }

    /** How many messages its owner holds. */
    int held() {
        return held.size();
    }

    boolean isFor(InMemorySource member, boolean alone) {
        return owner == null ? alone || loser != member : owner == member;
    }

    boolean isOwnedBy(InMemorySource member) {
        return owner == member;
    }

    boolean isOwned() {
        return owner != null;
    }

    /** The next message, which there must be. */
    StoredMessage next() {
        return waiting.getFirst();
    }

    StoredMessage removeNext() {
        return waiting.removeFirst();
    }

    HeldMessage take(InMemorySource member) {
        HeldMessage taken = new HeldMessage(this, waiting.removeFirst());
        owner = member;
        loser = null;
        held.addLast(taken);
        return taken;
    }

    void finish(HeldMessage message) {
        held.remove(message);
        if (held.isEmpty()) {
            owner = null;
        }
    }

    /** Takes everything away from the owner, for others if there are any. */
    void takeAway() {
        InMemorySource before = owner;
        release();
        loser = before;
    }

    /** Puts everything back in order that the owner holds. */
    void release() {
        for (Iterator<HeldMessage> last = held.descendingIterator(); last.hasNext(); ) {
            HeldMessage message = last.next();
            message.lose();
            waiting.addFirst(message.message());
        }
        held.clear();
        owner = null;
    }
}
