package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.WellFormed;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a message that a handler has seen. */
@Experimental
public sealed interface HandlerResult {

    /** The message is done with: its group does not get it again. */
    static HandlerResult ack() {
        return Ack.INSTANCE;
    }

    /**
     * The attempt failed, and the next one is due after {@code delay} instead of the policy's. Counts as
     * an attempt: after the last one the message goes the way of every exhausted message.
     *
     * <p>In a {@link Ordering#KEY} subscription the other messages of its key wait meanwhile.
     *
     * @throws IllegalArgumentException if {@code delay} is negative or longer than a day
     */
    static HandlerResult retry(Duration delay) {
        return new Retry(delay, Optional.empty());
    }

    /**
     * The same, with the reason for it.
     *
     * @param reason one sentence for whoever looks at the dead letter, if it was the last attempt; not blank
     * @see #retry(Duration)
     */
    static HandlerResult retry(Duration delay, String reason) {
        return new Retry(delay, Optional.of(reason));
    }

    /**
     * The message could not be tried, as with an open circuit breaker, and is handed over again after
     * {@code delay}. Does not count as an attempt.
     *
     * <p>In a {@link Ordering#KEY} subscription the other messages of its key wait meanwhile.
     *
     * @throws IllegalArgumentException if {@code delay} is negative or longer than a day
     */
    static HandlerResult postpone(Duration delay) {
        return new Postpone(delay);
    }

    /**
     * Trying again is of no use: the message goes to the group's dead letters at once, whatever the
     * subscription does with exhausted messages.
     *
     * @param reason one sentence for whoever looks at the dead letter; not blank
     */
    static HandlerResult deadLetter(String reason) {
        return new ToDeadLetters(reason);
    }

    /** See {@link HandlerResult#ack()}. */
    enum Ack implements HandlerResult {
        INSTANCE
    }

    /**
     * See {@link HandlerResult#retry(Duration)}.
     *
     * @param delay  until the next attempt
     * @param reason why there should be one, if the handler says so
     */
    record Retry(Duration delay, Optional<String> reason) implements HandlerResult {

        public Retry {
            Delays.check(delay, "The delay of a retry");
            reason.ifPresent(text -> checkReason(text, "a retry"));
        }
    }

    /**
     * See {@link HandlerResult#postpone(Duration)}.
     *
     * @param delay until the message is handed over again
     */
    record Postpone(Duration delay) implements HandlerResult {

        public Postpone {
            Delays.check(delay, "The delay of a postponement");
        }
    }

    /**
     * See {@link HandlerResult#deadLetter(String)}.
     *
     * @param reason why trying again is of no use
     */
    record ToDeadLetters(String reason) implements HandlerResult {

        public ToDeadLetters {
            checkReason(reason, "a dead letter");
        }
    }

    private static void checkReason(String reason, String of) {
        WellFormed.require(reason, "the reason of " + of);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("The reason of " + of + " must not be blank.");
        }
    }
}
