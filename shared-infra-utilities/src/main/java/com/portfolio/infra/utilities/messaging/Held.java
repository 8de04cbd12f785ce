package com.portfolio.infra.utilities.messaging;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that a consumer holds: it waits for its turn or for its time, or somebody is at work on it.
 *
 * <p>What stands in the volatile fields is looked at without a lock: who begins an attempt sets the attempt and then looks
 * whether he may, who takes the message away does it the other way round.
 */
final class Held<D extends Delivery> {

    private final D delivery;
    private final Lane<D> lane;
    private int attempt;
    private int tries;
    private Instant due = Instant.MIN;
    private Verdict.@Nullable Letter letter;
    private volatile boolean withdrawn;
    private volatile boolean lost;
    private volatile @Nullable Attempt running;

    Held(D delivery, Lane<D> lane) {
        this.delivery = delivery;
        this.lane = lane;
        this.attempt = delivery.earlierAttempts() + 1;
    }

    D delivery() {
        return delivery;
    }

    Lane<D> lane() {
        return lane;
    }

    /** The number of the attempt that runs, ended last or comes next. */
    int attempt() {
        return attempt;
    }

    void countAttempt() {
        attempt++;
    }

    Instant due() {
        return due;
    }

    void due(Instant time) {
        due = time;
    }

    /** What is to be stored, if it is to be a dead letter. */
    Optional<Verdict.Letter> letter() {
        return Optional.ofNullable(letter);
    }

    void becomeLetter(Verdict.Letter verdict) {
        letter = verdict;
    }

    /** How often it could not be stored as a dead letter, one more included. */
    int countStoring() {
        return ++tries;
    }

    /** No attempt begins any more; one that runs still counts. */
    void withdraw() {
        withdrawn = true;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /** It belongs to somebody else: what becomes of it here is without effect. */
    void lose() {
        withdrawn = true;
        lost = true;
        Attempt now = running;
        if (now != null) {
            now.cancel();
        }
    }

    boolean isLost() {
        return lost;
    }

    /** Whether the attempt may begin. */
    boolean begin(Attempt next) {
        running = next;
        return !withdrawn;
    }

    void end() {
        running = null;
    }
}
