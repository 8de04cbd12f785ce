package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the tests of a bus need beyond the ports, in one place. */
final class MessagingFixture implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String GROUP = "shipping.orders";

    /** Attempts that follow each other at once. */
    static final RedeliveryPolicy AT_ONCE =
            RedeliveryPolicy.defaults().delays(Duration.ZERO, Duration.ZERO).maxAttempts(3);

    private final InMemoryBroker broker;
    private final List<InMemoryMessageBus> buses = new ArrayList<>();

    MessagingFixture() {
        this(Clock.systemUTC());
    }

    MessagingFixture(Clock clock) {
        this.broker = new InMemoryBroker(clock);
    }

    /** A process of a service. */
    MessageBus bus() {
        InMemoryMessageBus bus = new InMemoryMessageBus(broker, "shipping", OrderEvent.CODEC);
        buses.add(bus);
        return bus;
    }

    InMemoryBroker broker() {
        return broker;
    }

    DeadLetterQueue deadLetters() {
        return deadLetters(GROUP);
    }

    DeadLetterQueue deadLetters(String group) {
        return broker.deadLetters(group);
    }

    void crash(MessageBus bus) {
        ((InMemoryMessageBus) bus).crash();
    }

    void awaitIdle() {
        broker.awaitIdle(PATIENCE);
    }

    static SubscriptionRequest.Builder<OrderEvent> request() {
        return SubscriptionRequest.builder(OrderEvent.class).group(GROUP).redelivery(AT_ONCE);
    }

    static PublishReceipt publish(MessageBus bus, OrderEvent event) {
        return bus.publish(event).toCompletableFuture().join();
    }

    static PublishReceipt publish(MessageBus bus, Message<?> message) {
        return bus.publish(message).toCompletableFuture().join();
    }

    static Eventually eventually() {
        return Eventually.within(PATIENCE);
    }

    /** Moves the clock on, step by step, until something holds. */
    static void advanceUntil(TestClock clock, Duration step, Runnable assertion) {
        eventually().pass(() -> {
            clock.advance(step);
            assertion.run();
        });
    }

    /** What somebody without this library sends. */
    static Map<String, String> headers(String id, String type, String key) {
        return Map.of(
                "ce_specversion", "1.0", "ce_id", id, "ce_source", "/legacy", "ce_type", type, "ce_partitionkey", key);
    }

    @Override
    public void close() {
        buses.forEach(MessageBus::close);
    }
}
