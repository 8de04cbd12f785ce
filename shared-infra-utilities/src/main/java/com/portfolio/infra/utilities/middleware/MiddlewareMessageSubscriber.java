package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.MessageSubscriber;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.util.Objects;

/**
 * A subscriber that puts middleware around each handler that it is given, as {@link MiddlewareMessageHandler} does.
 * Thread-safe if the subscriber is.
 */
@Experimental
public final class MiddlewareMessageSubscriber implements MessageSubscriber {

    private final MessageSubscriber subscriber;
    private final MiddlewareChain chain;
    private final String system;

    /** The subscriber stays the caller's to close. */
    public MiddlewareMessageSubscriber(MessageSubscriber subscriber, MiddlewareChain chain) {
        this(subscriber, chain, Call.UNKNOWN);
    }

    /**
     * The subscriber stays the caller's to close.
     *
     * @param system the technology of the bus, such as {@code kafka} or {@code memory}
     */
    public MiddlewareMessageSubscriber(MessageSubscriber subscriber, MiddlewareChain chain, String system) {
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.system = Objects.requireNonNull(system, "system");
    }

    @Override
    public <T> Subscription subscribe(SubscriptionRequest<T> request, MessageHandler<T> handler) {
        return subscriber.subscribe(request, new MiddlewareMessageHandler<>(handler, chain, system));
    }
}
