package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.IntegrationEvent;
import java.util.concurrent.CompletionStage;

/**
 * Sends messages to whoever subscribed to their type.
 *
 * <p>Messages of one key that one thread publishes one after the other are stored in that order, whether
 * or not it waits for the one before. A message that failed and is published again comes after those that
 * were published meanwhile. The bus knows from its configuration which destination a type belongs to.
 *
 * <p>Calls do not wait for the broker, only for room when too many messages are under way, and then no
 * longer than the bus's publish timeout. Thread-safe.
 */
@Experimental
public interface MessagePublisher {

    /**
     * Sends a message; where it has no source or no type, the bus's own and the one that its codec knows
     * for the class of the data.
     *
     * <p>The stage completes when the broker has acknowledged the message, which then is as safe as the
     * broker's durability settings make it. It completes within the bus's publish timeout, loss of the
     * broker included, possibly on a thread of the broker's client: what follows it must not block, or
     * moves to an executor of its own.
     *
     * <p>Nothing but a {@link NullPointerException} is thrown; failures come through the stage:
     *
     * <ul>
     *   <li>{@link EventEncodingException}: the data can't be written; nothing was sent
     *   <li>{@link MessageTooLargeException}: the broker would not take it; nothing was sent
     *   <li>{@link DestinationMissingException}: nobody created the destination; nothing was stored
     *   <li>{@link BusClosedException}: the bus was closed; nothing was sent
     *   <li>{@link PublishFailedException}: the broker did not acknowledge in time, or refused. Publishing
     *       the same message again is safe: if both are stored, they have the same id
     * </ul>
     *
     * @return what the broker acknowledged
     */
    CompletionStage<PublishReceipt> publish(Message<?> message);

    /**
     * Sends an event under a new id, with the event's {@linkplain IntegrationEvent#aggregateId() aggregate
     * id} as its key and the {@linkplain Correlation#current() correlation} of the current thread.
     *
     * <p>Each call makes a new message, so that repeating this call, unlike repeating that of a
     * {@linkplain #publish(Message) message}, is not recognised by receivers.
     *
     * @throws IllegalArgumentException if the aggregate id is empty or no text that CloudEvents allows
     * @see #publish(Message)
     */
    default CompletionStage<PublishReceipt> publish(IntegrationEvent event) {
        return publish(Message.of(event));
    }
}
