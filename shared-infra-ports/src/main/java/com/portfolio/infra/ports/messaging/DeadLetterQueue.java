package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;

/**
 * What one group could not handle: to be looked at, handed to the group again, or dropped.
 *
 * <p>Calls block. Thread-safe; of two callers that redrive or drop the same letter one may do it in vain,
 * and a letter redriven by both at once may come twice, as any message may.
 */
@Experimental
public interface DeadLetterQueue {

    /** The group whose dead letters these are. */
    String group();

    /**
     * A page of the letters, from the oldest on. Reading changes nothing. A letter that is there all the
     * time is on exactly one page, whatever is added, redriven or dropped meanwhile.
     *
     * @throws BrokerUnavailableException if the broker can't be reached
     * @throws MessagingFailedException   if the broker refused
     */
    DeadLetterPage list(DeadLetterQuery query);

    /**
     * Hands letters to the group again, from the oldest on, and to no other group: the message with its
     * exact bytes and headers, its attempts counted from 1, its {@linkplain DeadLetter#redriveCount()
     * redrive count} one up. It does not return to the place that it had in the order of its key.
     *
     * <p>A letter leaves the queue after its message was stored for the group; what a failure leaves
     * behind is redriven or is still a letter, and at worst both.
     *
     * @return what was done
     * @throws UnsupportedByBusException  if letters are chosen by id, and the bus can't do that; nothing
     *         was redriven
     * @throws BrokerUnavailableException if the broker can't be reached; repeating is safe
     * @throws MessagingFailedException   if the broker refused
     */
    RedriveResult redrive(RedriveRequest request);

    /**
     * Drops a letter, for good.
     *
     * @return whether there was one
     * @throws UnsupportedByBusException  if the bus can't drop a single letter; nothing was dropped
     * @throws BrokerUnavailableException if the broker can't be reached; repeating is safe
     * @throws MessagingFailedException   if the broker refused
     */
    boolean drop(String letterId);

    /**
     * Drops all letters, for good. Those that are added meanwhile may or may not be among them.
     *
     * @throws BrokerUnavailableException if the broker can't be reached; repeating is safe
     * @throws MessagingFailedException   if the broker refused
     */
    void dropAll();
}
