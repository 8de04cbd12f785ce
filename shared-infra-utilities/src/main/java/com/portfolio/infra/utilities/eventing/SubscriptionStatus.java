package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import java.time.Instant;
import java.util.Optional;

/**
 * How a subscription is doing.
 *
 * @param name       of the subscription
 * @param state      what it is doing
 * @param since      when it began to
 * @param checkpoint how far it has come; empty until it has reached the log
 * @param handled    how many events its handler has handled since it was started
 * @param parked     how many events were parked since it was started
 * @param lastError  what went wrong last; kept when it goes well again, and the reason where the state is
 *                   {@link SubscriptionState#FAILED}
 */
public record SubscriptionStatus(
        String name,
        SubscriptionState state,
        Instant since,
        Optional<Checkpoint> checkpoint,
        long handled,
        long parked,
        Optional<Throwable> lastError) {

    SubscriptionStatus with(SubscriptionState other, Instant now) {
        return other == state ? this : new SubscriptionStatus(name, other, now, checkpoint, handled, parked, lastError);
    }

    SubscriptionStatus with(Throwable error) {
        return new SubscriptionStatus(name, state, since, checkpoint, handled, parked, Optional.of(error));
    }

    SubscriptionStatus reached(Checkpoint other, int more) {
        return new SubscriptionStatus(name, state, since, Optional.of(other), handled + more, parked, lastError);
    }

    SubscriptionStatus parkedOneMore() {
        return new SubscriptionStatus(name, state, since, checkpoint, handled, parked + 1, lastError);
    }
}
