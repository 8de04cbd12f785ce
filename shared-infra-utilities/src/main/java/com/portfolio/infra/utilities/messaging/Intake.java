package com.portfolio.infra.utilities.messaging;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a source tells its consumer, while it is {@linkplain DeliverySource#poll polled} and by the same thread.
 *
 * @param <D> what the source makes of a message
 */
public interface Intake<D extends Delivery> {

    /** The member takes part in its group: whatever is published from now on reaches the group. */
    void joined();

    /** Hands a message over. Does not block. */
    void accept(D delivery);

    /**
     * Takes messages back in good order, before other members get them: those that wait are forgotten, and handlers that
     * run have some time to finish. Those that are not finished then are {@linkplain #lose lost}.
     *
     * <p>Blocks for {@code patience} at most.
     *
     * @param which    which messages
     * @param patience how long to wait for their handlers
     * @return all messages that the group is done with and whose acknowledgement the source was not yet asked for;
     *         not only of those that are taken back
     */
    List<D> revoke(Predicate<? super D> which, Duration patience);

    /**
     * Messages belong to somebody else already: those that wait are forgotten, handlers that run are cancelled, and
     * what becomes of them is without effect. None of them is acknowledged.
     *
     * @param which which messages
     */
    void lose(Predicate<? super D> which);
}
