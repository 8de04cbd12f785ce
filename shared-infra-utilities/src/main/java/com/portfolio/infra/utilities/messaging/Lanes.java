package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.Ordering;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * All messages that a consumer holds, in lanes by key. Pure: it has neither threads nor a clock. Not thread-safe.
 *
 * <p>A message is taken, and then either finished, given back, or told to wait until a time; meanwhile the ones behind it
 * in its lane wait. A lane goes to the end of the queue after each message, so that a key with many messages holds no other
 * one up.
 */
final class Lanes<D extends Delivery> {

    private final Ordering ordering;
    private final Map<Object, Lane<D>> lanes = new HashMap<>();
    private final Deque<Lane<D>> ready = new ArrayDeque<>();

    private final PriorityQueue<Lane<D>> waiting =
            new PriorityQueue<>(Comparator.comparing(lane -> lane.first().due()));

    private int size;
    private int busy;

    Lanes(Ordering ordering) {
        this.ordering = ordering;
    }

    /** How many messages there are, those that somebody is at work on included. */
    int size() {
        return size;
    }

    /** How many messages somebody is at work on. */
    int busy() {
        return busy;
    }

    /** How many messages can be taken, one of each lane. */
    int ready() {
        return ready.size();
    }

    void add(D delivery) {
        Object id = ordering == Ordering.KEY && delivery.key().isPresent()
                ? delivery.key().get()
                : new Object();
        Lane<D> lane = lanes.get(id);
        if (lane == null) {
            lane = new Lane<>(id);
            lanes.put(id, lane);
            ready.addLast(lane);
        }
        lane.add(new Held<>(delivery, lane));
        size++;
    }

    /** Takes messages of so many lanes at most, the first of each. */
    List<Held<D>> take(int most) {
        List<Held<D>> taken = new ArrayList<>(Math.min(most, ready.size()));
        while (taken.size() < most && !ready.isEmpty()) {
            Lane<D> lane = ready.removeFirst();
            lane.state(Lane.State.BUSY);
            taken.add(lane.first());
        }
        busy += taken.size();
        return taken;
    }

    /** Ends a message that was taken. */
    void finish(Held<D> held) {
        busy--;
        next(held.lane());
    }

    /** Undoes taking, of a message that nobody has begun to work on. */
    void giveBack(Held<D> held) {
        busy--;
        if (held.isWithdrawn()) {
            next(held.lane());
        } else {
            held.lane().state(Lane.State.READY);
            ready.addFirst(held.lane());
        }
    }

    /** Has a message that was taken wait until it is due. */
    void waitUntil(Held<D> held, Instant due) {
        busy--;
        if (held.isWithdrawn()) {
            next(held.lane());
        } else {
            held.due(due);
            held.lane().state(Lane.State.WAITING);
            waiting.add(held.lane());
        }
    }

    private void next(Lane<D> lane) {
        lane.removeFirst();
        size--;
        if (lane.isEmpty()) {
            lanes.remove(lane.id());
        } else {
            lane.state(Lane.State.READY);
            ready.addLast(lane);
        }
    }

    /** Lets go on what has waited until now. */
    void wakeDue(Instant now) {
        while (!waiting.isEmpty() && !waiting.peek().first().due().isAfter(now)) {
            Lane<D> lane = waiting.remove();
            lane.state(Lane.State.READY);
            ready.addLast(lane);
        }
    }

    /** When the next message is due, of those that wait. */
    Optional<Instant> nextDue() {
        return Optional.ofNullable(waiting.peek()).map(lane -> lane.first().due());
    }

    /** Forgets messages; those that somebody is at work on get no further attempt. */
    void withdraw(Predicate<? super D> which) {
        boolean gone = false;
        for (Iterator<Lane<D>> each = lanes.values().iterator(); each.hasNext(); ) {
            Lane<D> lane = each.next();
            int forgotten = lane.withdraw(which);
            size -= forgotten;
            gone |= forgotten > 0;
            if (lane.isEmpty()) {
                each.remove();
            }
        }
        if (gone) {
            ready.removeIf(Lane::isEmpty);
            reorderWaiting();
        }
    }

    /** The messages that somebody is at work on, of those. */
    List<Held<D>> busy(Predicate<? super D> which) {
        return lanes.values().stream()
                .filter(lane -> lane.state() == Lane.State.BUSY)
                .map(Lane::first)
                .filter(held -> which.test(held.delivery()))
                .toList();
    }

    /** Whoever waited may have been the first of its lane: the one behind it has no time to wait for. */
    private void reorderWaiting() {
        List<Lane<D>> before = new ArrayList<>(waiting);
        waiting.clear();
        for (Lane<D> lane : before) {
            if (lane.isEmpty()) {
                continue;
            }
            if (lane.first().due().equals(Instant.MIN)) {
                lane.state(Lane.State.READY);
                ready.addLast(lane);
            } else {
                waiting.add(lane);
            }
        }
    }
}
