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
 *                   {@link CatchUpState#FAILED}
 */
public record CatchUpStatus(
        String name,
        CatchUpState state,
        Instant since,
        Optional<Checkpoint> checkpoint,
        long handled,
        long parked,
        Optional<Throwable> lastError) {

    CatchUpStatus with(CatchUpState other, Instant now) {
        return other == state ? this : new CatchUpStatus(name, other, now, checkpoint, handled, parked, lastError);
    }

    CatchUpStatus with(Throwable error) {
        return new CatchUpStatus(name, state, since, checkpoint, handled, parked, Optional.of(error));
    }

    CatchUpStatus reached(Checkpoint other, int more) {
        return new CatchUpStatus(name, state, since, Optional.of(other), handled + more, parked, lastError);
    }

    CatchUpStatus parkedOneMore() {
        return new CatchUpStatus(name, state, since, checkpoint, handled, parked + 1, lastError);
    }
}
