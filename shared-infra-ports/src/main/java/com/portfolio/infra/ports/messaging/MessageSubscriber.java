package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.IntegrationEvent;

/**
 * Hands published messages to handlers.
 *
 * <p>Every group gets every message of its types at least once; inside a group each message goes to one
 * member. Messages of one key are handled in the order in which they were published, through retries,
 * rebalances and restarts too, where the last of them may be handled again. Different keys are handled
 * side by side, on threads of the bus.
 *
 * <p>Order holds within a subscription, not between two. It holds among several types that are subscribed to
 * together where the bus has them in one destination; with a destination for each type it holds within each, and
 * two messages of a key are still never handled at a time.
 *
 * <p>Thread-safe.
 */
@Experimental
public interface MessageSubscriber {

    /**
     * Starts to hand messages to a handler, until the subscription is closed.
     *
     * <p>Does not wait for the broker: {@link Subscription#ready()} tells when messages flow, or why they
     * can't. A broker that is lost is looked for again, without end, by the subscription itself.
     *
     * @throws IllegalArgumentException  if no class of the bus's codec fits the request, or the bus has
     *         a subscription of the same group to other types
     * @throws UnsupportedByBusException if the request asks for what the bus can't do
     * @throws BusClosedException        if the bus was closed
     */
    <T> Subscription subscribe(SubscriptionRequest<T> request, MessageHandler<T> handler);

    /**
     * Subscribes to the events of a class, or of all classes of an interface, with all defaults of
     * {@link SubscriptionRequest}.
     *
     * <p>The group is the bus's own: its configuration has the service's name, and the group is
     * {@code <service>.<event type>}, or {@code <service>.<simple class name>} for an interface. So two
     * subscriptions of a service don't take messages from each other, and all its instances share one.
     *
     * @see #subscribe(SubscriptionRequest, MessageHandler)
     */
    default <T extends IntegrationEvent> Subscription subscribe(Class<T> type, EventHandler<T> handler) {
        return subscribe(SubscriptionRequest.of(type), MessageHandler.of(handler));
    }

    /**
     * Subscribes to the events of a type by its logical name, with all defaults of
     * {@link SubscriptionRequest}.
     *
     * <p>The group is the bus's own: its configuration has the service's name, and the group is
     * {@code <service>.<event type>}.
     *
     * @see #subscribe(SubscriptionRequest, MessageHandler)
     */
    default Subscription subscribe(String eventType, EventHandler<IntegrationEvent> handler) {
        return subscribe(SubscriptionRequest.of(eventType), MessageHandler.of(handler));
    }
}
