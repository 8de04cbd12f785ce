package com.portfolio.infra.utilities.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** Messages that wait for each other, in order. Somebody is at work on the first of them, or nobody is. */
final class Lane<D extends Delivery> {

    enum State {
        /** The first message can be taken. */
        READY,
        /** Somebody is at work on the first message. */
        BUSY,
        /** The first message waits for its time. */
        WAITING
    }

    /** What {@link Lanes} knows it by. */
    private final Object id;

    private final Deque<Held<D>> messages = new ArrayDeque<>(2);
    private State state = State.READY;

    Lane(Object id) {
        this.id = id;
    }

    Object id() {
        return id;
    }

    State state() {
        return state;
    }

    void state(State now) {
        state = now;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    void add(Held<D> message) {
        messages.addLast(message);
    }

    /** The first message, which there must be. */
    Held<D> first() {
        return messages.getFirst();
    }

    void removeFirst() {
        messages.removeFirst();
    }

    /**
     * Forgets messages that nobody is at work on, and withdraws the one that somebody is: it stays the first until he is
     * done with it, so that the ones behind it wait for him.
     *
     * @return how many are gone
     */
    int withdraw(Predicate<? super D> which) {
        int before = messages.size();
        Held<D> busy = state == State.BUSY ? messages.getFirst() : null;
        messages.removeIf(message -> {
            if (!which.test(message.delivery())) {
                return false;
            }
            message.withdraw();
            return message != busy;
        });
        return before - messages.size();
    }
}
