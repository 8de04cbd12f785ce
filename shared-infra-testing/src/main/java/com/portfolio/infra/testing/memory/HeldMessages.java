package com.portfolio.infra.testing.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that a member has in hand, from the longest held on. Guarded by the broker's lock. */
final class HeldMessages {

    private final Set<HeldMessage> messages = new LinkedHashSet<>();

    int size() {
        return messages.size();
    }

    void add(HeldMessage message) {
        messages.add(message);
    }

    int running() {
        return (int) messages.stream()
                .filter(message -> message.running().isPresent())
                .count();
    }

    List<HeldMessage> finished() {
        return messages.stream().filter(HeldMessage::hasOutcome).toList();
    }

    List<HeldMessage> dueAttempts(Instant now) {
        return messages.stream()
                .filter(message -> message.letter().isEmpty() && message.isDue(now))
                .toList();
    }

    List<HeldMessage> dueLetters(Instant now) {
        return messages.stream()
                .filter(message -> message.letter().isPresent() && message.isDue(now))
                .toList();
    }

    /** Drops what the group does not expect from this member any more, unless a handler has it. */
    void forgetLost() {
        messages.removeIf(message -> message.isLost() && message.running().isEmpty());
    }

    void cancelOverdue(Instant now) {
        for (HeldMessage message : messages) {
            message.running().filter(attempt -> isOverdue(attempt, now)).ifPresent(Attempt::cancel);
        }
    }

    /** When time alone makes something to be done, if it does after {@code now}. */
    Optional<Instant> nextLook(Instant now) {
        return messages.stream()
                .flatMap(message -> message.nextLook(now).stream())
                .min(Comparator.naturalOrder());
    }

    /** Which message can't go on for a reason outside of the bus, and why. */
    Optional<String> disruption(Instant now) {
        for (HeldMessage message : messages) {
            if (message.letter().isPresent()) {
                return Optional.of("Dead letters can't be stored; message "
                        + message.message().name() + " waits.");
            }
            if (message.running().filter(attempt -> isOverdue(attempt, now)).isPresent()) {
                return Optional.of("The handler of message " + message.message().name() + " has not returned in time.");
            }
        }
        return Optional.empty();
    }

    private static boolean isOverdue(Attempt attempt, Instant now) {
        return !attempt.deadline().isAfter(now);
    }

    /** Leaves everything to other members. */
    void release(ConsumerGroup group) {
        messages.forEach(group::release);
        messages.clear();
    }
}
