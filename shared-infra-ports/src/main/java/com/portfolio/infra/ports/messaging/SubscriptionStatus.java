package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a subscription is doing, at one moment.
 *
 * @param state    what it is doing
 * @param since    since when
 * @param reason   one sentence that says why it is {@link State#DISRUPTED} or {@link State#STOPPED}; empty
 *                 in every other state. Never a credential
 * @param inFlight how many messages it holds: handled, waiting, and between two attempts
 */
@Experimental
public record SubscriptionStatus(State state, Instant since, Optional<String> reason, int inFlight) {

    public SubscriptionStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        if (reason.isPresent() != state.needsReason()) {
            throw new IllegalArgumentException(
                    "A subscription that is " + state + " has " + (state.needsReason() ? "a" : "no") + " reason.");
        }
        if (inFlight < 0) {
            throw new IllegalArgumentException("inFlight must not be negative, but is " + inFlight + ".");
        }
    }

    /** What a subscription is doing. */
    @Experimental
    public enum State {
        /** It is not yet {@linkplain Subscription#ready() ready}, and nothing is known to be in its way. */
        STARTING,
        /** It hands over what is published. */
        RUNNING,
        /** It was paused, and waits for {@link Subscription#resume()}. */
        PAUSED,
        /**
         * Messages wait and will be handed over as soon as something outside is well again: the broker is
         * lost, dead letters can't be stored, a handler does not return.
         */
        DISRUPTED,
        /** It ended by itself, and needs somebody to look: a message was exhausted, the broker refused. */
        STOPPED,
        /** It was closed. */
        CLOSED;

        boolean needsReason() {
            return this == DISRUPTED || this == STOPPED;
        }
    }
}
