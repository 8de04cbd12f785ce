package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DestinationMissingException;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import java.time.Duration;
import java.util.List;

/**
 * Where a consumer's messages come from: one member of one group at a broker.
 *
 * <p>All but {@link #wakeUp} is called by one thread, the consumer's own, so that a source needs no locks. What a source
 * handed over it keeps for its group, by whatever lease its broker has, until it is acknowledged, or until the source
 * itself says that it is lost.
 *
 * @param <D> what the source makes of a message
 */
public interface DeliverySource<D extends Delivery> {

    /**
     * Takes a turn: does what the broker wants done from time to time, and hands over what is there.
     *
     * <p>Joins the group if that was not done, and joins it again after the broker was lost. Called again and again, also
     * while nothing can be handed over, and after it has thrown.
     *
     * @param room    the greatest number of messages to hand over, 0 or more
     * @param maxWait how long to wait for the first message; a call that takes much longer holds up acknowledgements
     * @param intake  whom to hand them over to, in their order, before returning
     * @throws BrokerUnavailableException  if the broker is lost; the consumer calls again, after a while
     * @throws MessagingFailedException    if the broker refuses for good; the consumer stops
     * @throws DestinationMissingException if there is nothing to receive from; the consumer stops
     * @throws InterruptedException        if the thread was interrupted; the consumer stops
     */
    void poll(int room, Duration maxWait, Intake<D> intake) throws InterruptedException;

    /**
     * Acknowledges messages that the group is done with, in any order, each once. May do so later, with
     * {@link #poll} or {@link #close}.
     *
     * @throws BrokerUnavailableException if the broker is lost; what was not acknowledged is kept by the source, to be
     *                                    acknowledged later, or comes again
     */
    void acknowledge(List<D> done);

    /** Has a {@link #poll} that waits return, or the next one not wait. Called by any thread; does not block. */
    void wakeUp();

    /**
     * Leaves the group: acknowledges what is still to be acknowledged, and leaves the other messages to other members.
     * Called once, last, also if {@link #poll} never succeeded.
     */
    void close();
}
