package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a group has not done with, in lanes by key, whoever of its members works on it. Guarded by the broker's lock.
 *
 * <p>A lane with messages to take is in {@link #ready}. It goes to the end of it after each message, so that a key with
 * many messages holds no other one up.
 */
final class ConsumerGroup {

    private final String name;
    private final Map<String, Lane> keyed = new HashMap<>();
    private final Set<Lane> ready = new LinkedHashSet<>();
    private final Set<Lane> held = new LinkedHashSet<>();
    private final Set<InMemorySource> members = new LinkedHashSet<>();
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

    void join(InMemorySource member) {
        members.add(member);
    }

    void leave(InMemorySource member) {
        members.remove(member);
        release(lane -> lane.isOwnedBy(member), Lane::release);
    }

    void offer(StoredMessage message) {
        Lane lane = message.key()
                .map(key -> keyed.computeIfAbsent(key, k -> new Lane(Optional.of(k))))
                .orElseGet(() -> new Lane(Optional.empty()));
        lane.add(message);
        unfinished++;
        makeReady(lane);
    }

    /** Gives a member messages of lanes that nobody else holds; what it did not ask for is done with. */
    List<HeldMessage> take(InMemorySource member, int most) {
        List<HeldMessage> taken = new ArrayList<>();
        boolean more = true;
        while (more && taken.size() < most) {
            more = false;
            for (Lane lane : List.copyOf(ready)) {
                if (taken.size() < most
                        && lane.isFor(member, members.size() == 1)
                        && lane.held() < member.mostOfAKey()) {
                    ready.remove(lane);
                    passOver(lane, member);
                    if (lane.hasWaiting()) {
                        taken.add(hold(member, lane));
                        more = true;
                    }
                    settle(lane);
                }
            }
        }
        return taken;
    }

    private void passOver(Lane lane, InMemorySource member) {
        while (lane.hasWaiting() && !member.wants(lane.next())) {
            lane.removeNext();
            unfinished--;
        }
    }

    private HeldMessage hold(InMemorySource member, Lane lane) {
        Lane from = member.ordering() == Ordering.UNORDERED ? alone(lane.removeNext()) : lane;
        held.add(from);
        return from.take(member);
    }

    private static Lane alone(StoredMessage message) {
        Lane lane = new Lane(Optional.empty());
        lane.add(message);
        return lane;
    }

    /** Ends a message for the group, unless its member has lost it. */
    void finish(HeldMessage message) {
        if (!message.isLost()) {
            handled += message.isUnhandled() ? 0 : 1;
            unfinished--;
            message.lane().finish(message);
            settle(message.lane());
        }
    }

    /** Leaves a message, and what is behind it, to whoever takes it next, unless its member has lost it. */
    void release(HeldMessage message) {
        if (!message.isLost()) {
            release(lane -> lane == message.lane(), Lane::release);
        }
    }

    /** Takes all messages away from their members, for others if there are any. */
    void takeAway() {
        release(lane -> true, Lane::takeAway);
    }

    private void release(Predicate<Lane> which, Consumer<Lane> how) {
        for (Lane lane : List.copyOf(held)) {
            if (which.test(lane)) {
                how.accept(lane);
                settle(lane);
            }
        }
    }

    /** Forgets everything but the members. */
    void clear() {
        takeAway();
        keyed.clear();
        ready.clear();
        deadLetters.dropAll();
        unfinished = 0;
        handled = 0;
    }

    /** Puts a lane where it belongs, after it has changed. */
    private void settle(Lane lane) {
        if (!lane.isOwned()) {
            held.remove(lane);
        }
        if (lane.hasWaiting()) {
            makeReady(lane);
        } else if (lane.isEmpty()) {
            lane.key().ifPresent(key -> keyed.remove(key, lane));
        }
    }

    private void makeReady(Lane lane) {
        ready.add(lane);
        wakeMembers();
    }

    void wakeMembers() {
        members.forEach(InMemorySource::wakeUp);
    }
}
