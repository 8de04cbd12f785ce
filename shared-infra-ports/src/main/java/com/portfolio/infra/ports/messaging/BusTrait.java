package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/**
 * Something that not every broker can do.
 *
 * <p>What a bus lacks it refuses with an {@link UnsupportedByBusException}, instead of doing something
 * else.
 */
@Experimental
public enum BusTrait {

    /**
     * Messages of one key are handled in the order in which they were published. A bus without it takes
     * {@link Ordering#UNORDERED} subscriptions only.
     */
    KEYED_ORDER,

    /**
     * Several groups get the same messages, each for itself. A bus without it has one group, and refuses
     * a request that names one.
     */
    CONSUMER_GROUPS,

    /**
     * A new group gets what was published before it existed. A bus without it hands out what is still
     * waiting, never again what was acknowledged, and takes {@link StartFrom#LATEST} subscriptions only.
     */
    REPLAY,

    /**
     * A message stays with its handler for as long as the process lives and answers. A bus without it
     * hands the message out again when a fixed time is over, and refuses a handler timeout which is not
     * shorter than that.
     */
    LEASE_KEPT_ALIVE,

    /**
     * Dead letters can be redriven and dropped one by one. A bus without it does both from the oldest
     * letter on.
     */
    SINGLE_DEAD_LETTERS
}
