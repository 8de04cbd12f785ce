package com.portfolio.infra.utilities.eventing;

import java.util.Objects;

/** What becomes of a subscription when its handler has failed as often as it may. */
public sealed interface WhenExhausted permits WhenExhausted.Stop, WhenExhausted.Park {

    /** The subscription stops before the event, and is down until it is started anew. */
    static WhenExhausted stop() {
        return new Stop();
    }

    /**
     * The event is put aside and the subscription goes on, also with later events of the same stream: only
     * for handlers that do not need all of them.
     */
    static WhenExhausted park(ParkedEvents where) {
        return new Park(where);
    }

    /** See {@link #stop()}. */
    record Stop() implements WhenExhausted {}

    /**
     * See {@link #park}.
     *
     * @param where keeps the events
     */
    record Park(ParkedEvents where) implements WhenExhausted {

        public Park {
            Objects.requireNonNull(where, "where");
        }
    }
}
