package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handler's membership in a group, from subscribing to closing. Thread-safe. */
@Experimental
public interface Subscription extends AutoCloseable {

    /** The group, named by the request or by the bus. */
    String group();

    /**
     * Completes when this member takes part in its group: whatever is published from then on reaches the
     * group, also one that starts with the latest message. Says nothing of whether this member gets it.
     *
     * <p>Waits for a broker that is lost. Fails with a {@link DestinationMissingException}, which nobody
     * creates silently, with a {@link MessagingFailedException} if the broker refuses, and with a
     * {@link BusClosedException} if the subscription is closed before; the subscription has ended then.
     */
    CompletionStage<@Nullable Void> ready();

    /**
     * Begins no handler any more, until {@link #resume()}; those that run go on. The member stays in its
     * group and keeps what it holds, as far as the bus has {@link BusTrait#LEASE_KEPT_ALIVE}; no attempt is
     * used up, and memory stays bounded. Pausing twice is pausing once. Does not block.
     */
    void pause();

    /** Undoes {@link #pause()}. Does not block. */
    void resume();

    /** How the subscription is doing; shows loss and return of the broker within seconds. Does not block. */
    SubscriptionStatus status();

    /**
     * Closes with the drain timeout of the request.
     *
     * @see #close(Duration)
     */
    @Override
    void close();

    /**
     * Leaves the group: takes no further message, waits for handlers that run, acknowledges what they
     * finished, and leaves everything else to other members of the group, or to the next one.
     *
     * <p>Blocks for at most {@code drain} and what the broker takes to hear of it. Handlers that still run
     * then are cancelled and interrupted, and their messages are not acknowledged. Except for them, no
     * thread stays behind. Closing a closed subscription does nothing. A handler of the subscription must
     * not call this: it would wait for itself.
     *
     * @param drain how long to wait for running handlers, not negative; 0 does not wait
     * @return whether all of them finished in time
     */
    boolean close(Duration drain);
}
