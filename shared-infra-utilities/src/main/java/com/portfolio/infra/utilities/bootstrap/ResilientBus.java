package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.messaging.BusTrait;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A bus that publishes through a decorator. */
final class ResilientBus implements MessageBus {

    private final MessageBus bus;
    private final MessagePublisher publisher;

    ResilientBus(MessageBus bus, MessagePublisher publisher) {
        this.bus = bus;
        this.publisher = publisher;
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
        return bus.subscribe(request, handler);
    }

    @Override
    public void close() {
        bus.close();
    }
}
