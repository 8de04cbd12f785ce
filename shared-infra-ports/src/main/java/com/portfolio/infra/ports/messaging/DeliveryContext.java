package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.time.Instant;

/** How a message came to a handler, this time. Valid until the handler returns; thread-safe. */
@Experimental
public interface DeliveryContext {

    /**
     * Which attempt this is, from 1. The count is kept by the member of the group that has the message
     * and, where the broker counts too, not beyond it: after a restart or a takeover it may begin anew.
     */
    int attempt();

    /** The group that the message was handed to. */
    String group();

    /** Where the message was published: a topic, a stream, a queue. */
    String destination();

    /** The message's place in its destination, in the broker's own words, for logs and support. */
    String position();

    /**
     * When the handler should be done, by the process's clock. Then its thread is interrupted and
     * {@link #isCancelled()} becomes true; what it returns or throws afterwards still counts, and no
     * other attempt begins before that.
     */
    Instant deadline();

    /**
     * Whether going on is in vain: the deadline has passed, the subscription was closed and its drain
     * timeout is over, or the message was lost to another member of the group, so that an acknowledgement
     * is without effect.
     */
    boolean isCancelled();
}
