package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeadLetter;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message in the hands of a member: tried, waiting for the next attempt, or waiting to be stored as a
 * dead letter. Guarded by the broker's lock.
 */
final class HeldMessage {

    private final Member<?> member;
    private final Lane lane;
    private final StoredMessage message;
    private int attemptNumber = 1;
    private @Nullable Attempt running;
    private @Nullable Outcome outcome;
    private Instant due = Instant.MIN;
    private DeadLetter.@Nullable Failure letter;
    private boolean lost;

    HeldMessage(Member<?> member, Lane lane, StoredMessage message) {
        this.member = member;
        this.lane = lane;
        this.message = message;
    }

    Lane lane() {
        return lane;
    }

    StoredMessage message() {
        return message;
    }

    /** The number of the attempt that runs, ended last or comes next. */
    int attemptNumber() {
        return attemptNumber;
    }

    Attempt begin(String group, Instant deadline) {
        Attempt attempt = new Attempt(group, message, attemptNumber, deadline);
        running = attempt;
        return attempt;
    }

    void end(Outcome how) {
        running = null;
        outcome = how;
    }

    Optional<Attempt> running() {
        return Optional.ofNullable(running);
    }

    boolean hasOutcome() {
        return outcome != null;
    }

    /** How the last attempt ended, of which there is one to be settled. */
    Outcome takeOutcome() {
        Outcome taken = Objects.requireNonNull(outcome);
        outcome = null;
        return taken;
    }

    boolean isWaiting() {
        return running == null && outcome == null;
    }

    boolean isDue(Instant now) {
        return isWaiting() && !due.isAfter(now);
    }

    Instant due() {
        return due;
    }

    /** Has the next attempt wait. */
    void retryAt(Instant time) {
        attemptNumber++;
        due = time;
    }

    /** Has the same attempt wait. */
    void postponeTo(Instant time) {
        due = time;
    }

    /** Makes it a dead letter, which can't be stored before {@code time}. */
    void becomeLetter(DeadLetter.Failure failure, Instant time) {
        letter = failure;
        due = time;
    }

    /** Why it is to be stored as a dead letter, if it is. */
    Optional<DeadLetter.Failure> letter() {
        return Optional.ofNullable(letter);
    }

    /** Whether the group does not wait for this member any more. */
    boolean isLost() {
        return lost;
    }

    void lost() {
        lost = true;
        if (running != null) {
            running.cancel();
        }
        member.wake();
    }

    /** When time alone makes something to be done with it, if it does after {@code now}. */
    Optional<Instant> nextLook(Instant now) {
        if (running != null) {
            return running.isCancelled() ? Optional.empty() : Optional.of(running.deadline());
        }
        return outcome == null && due.isAfter(now) ? Optional.of(due) : Optional.empty();
    }
}
