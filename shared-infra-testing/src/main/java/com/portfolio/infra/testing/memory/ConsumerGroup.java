package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a group has not done with, in lanes by key, whoever of its members works on it. Guarded by the
 * broker's lock.
 *
 * <p>A lane that waits for a member is in {@link #free}. It goes to the end of it after each message, so
 * that a key with many messages holds no other one up.
 */
final class ConsumerGroup {

    private final String name;
    private final Map<String, Lane> keyed = new HashMap<>();
    private final Set<Lane> free = new LinkedHashSet<>();
    private final Set<Lane> held = new LinkedHashSet<>();
    private final Set<Member<?>> members = new LinkedHashSet<>();
    private final DeadLetters deadLetters = new DeadLetters();
    private int unfinished;
    private int handled;

    ConsumerGroup(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** How many messages were acknowledged by a handler. */
    int handled() {
        return handled;
    }

    /** How many messages are left to be handled, those in hand included; dead letters are not. */
    int unfinished() {
        return unfinished;
    }

    boolean hasMembers() {
        return !members.isEmpty();
    }

    void join(Member<?> member) {
        members.add(member);
    }

    void leave(Member<?> member) {
        members.remove(member);
    }

    void offer(StoredMessage message) {
        Lane lane = message.key()
                .map(key -> keyed.computeIfAbsent(key, k -> new Lane(Optional.of(k))))
                .orElseGet(() -> new Lane(Optional.empty()));
        lane.add(message);
        unfinished++;
        if (!lane.isHeld()) {
            free(lane);
        }
    }

    /** Gives a member the first message of a lane that nobody holds; what it did not ask for is done with. */
    Optional<HeldMessage> take(Member<?> member) {
        for (Iterator<Lane> lanes = free.iterator(); lanes.hasNext(); ) {
            Lane lane = lanes.next();
            while (!lane.isEmpty() && !member.wants(lane.first())) {
                lane.removeFirst();
                unfinished--;
            }
            if (lane.isEmpty()) {
                lanes.remove();
                forget(lane);
                continue;
            }
            if (member.ordering() == Ordering.UNORDERED) {
                return Optional.of(hold(member, leaveOrder(lane)));
            }
            lanes.remove();
            return Optional.of(hold(member, lane));
        }
        return Optional.empty();
    }

    /** Moves the first message of a lane to one of its own. */
    private static Lane leaveOrder(Lane lane) {
        Lane own = new Lane(Optional.empty());
        own.add(lane.removeFirst());
        return own;
    }

    private HeldMessage hold(Member<?> member, Lane lane) {
        HeldMessage message = new HeldMessage(member, lane, lane.first());
        lane.holdBy(message);
        held.add(lane);
        return message;
    }

    /** Ends a message for the group, unless its member has lost it. */
    void finish(HeldMessage message) {
        Lane lane = message.lane();
        if (lane.isHeldBy(message)) {
            lane.removeFirst();
            unfinished--;
            letGo(lane);
        }
    }

    /** See {@link #finish}; a handler acknowledged it. */
    void acknowledge(HeldMessage message) {
        if (message.lane().isHeldBy(message)) {
            handled++;
            finish(message);
        }
    }

    /** Leaves a message to whoever takes it next, unless its member has lost it. */
    void release(HeldMessage message) {
        if (message.lane().isHeldBy(message)) {
            letGo(message.lane());
        }
    }

    /** Takes all messages away from their members, for whoever takes them next. */
    void takeAway() {
        for (Lane lane : new ArrayList<>(held)) {
            letGo(lane);
        }
    }

    /** Forgets everything but the members. */
    void clear() {
        takeAway();
        keyed.clear();
        free.clear();
        deadLetters.dropAll();
        unfinished = 0;
        handled = 0;
    }

    private void letGo(Lane lane) {
        HeldMessage before = lane.letGo();
        if (before != null) {
            before.lost();
        }
        held.remove(lane);
        if (lane.isEmpty()) {
            forget(lane);
        } else {
            free(lane);
        }
    }

    private void free(Lane lane) {
        free.add(lane);
        wakeMembers();
    }

    private void forget(Lane lane) {
        lane.key().ifPresent(key -> keyed.remove(key, lane));
    }

    void wakeMembers() {
        List<Member<?>> all = List.copyOf(members);
        all.forEach(Member::wake);
    }
}
