package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.messaging.BusTrait;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.MessageSubscriber;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A bus that publishes and subscribes through decorators. */
final class DecoratedBus implements MessageBus {

    private final MessageBus bus;
    private final MessagePublisher publisher;
    private final MessageSubscriber subscriber;

    DecoratedBus(MessageBus bus, MessagePublisher publisher, MessageSubscriber subscriber) {
        this.bus = bus;
        this.publisher = publisher;
        this.subscriber = subscriber;
    }

    @Override
    public Set<BusTrait> traits() {
        return bus.traits();
    }

    @Override
    public CompletionStage<PublishReceipt> publish(Message<?> message) {
        return publisher.publish(message);
    }

    @Override
    public <T> Subscription subscribe(SubscriptionRequest<T> request, MessageHandler<T> handler) {
        return subscriber.subscribe(request, handler);
    }

    @Override
    public void close() {
        bus.close();
    }
}
