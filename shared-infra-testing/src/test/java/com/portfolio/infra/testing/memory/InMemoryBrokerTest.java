package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.PATIENCE;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.memory.OrderEvent.Cancelled;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the double offers to tests beyond the ports. */
@Timeout(120)
class InMemoryBrokerTest {

    private final InMemoryMessageBus bus = new InMemoryMessageBus("orders", OrderEvent.CODEC);
    private final InMemoryBroker broker = bus.broker();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void publishedMessagesCanBeLookedAtByTheClassOfTheirData() {
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Cancelled("order-1", "late"));
        broker.put(MessagingFixture.headers("3", "orders.Placed", "order-1"), new byte[] {'{'});

        assertThat(bus.published(Placed.class)).extracting(Message::data).containsExactly(new Placed("order-1", 1));
        assertThat(bus.published(OrderEvent.class))
                .extracting(Message::data)
                .containsExactly(new Placed("order-1", 1), new Cancelled("order-1", "late"));
    }

    @Test
    void waitingInVainFailsAndSaysWhatIsMissing() {
        bus.subscribe(request().build(), (message, context) -> HandlerResult.postpone(Duration.ofDays(1)));
        publish(bus, new Placed("order-1", 1));

        assertThatThrownBy(() -> broker.awaitPublished(2, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("only 1 of 2");
        assertThatThrownBy(() -> broker.awaitHandled(MessagingFixture.GROUP, 1, Duration.ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("only 0 of 1");
        assertThatThrownBy(() -> broker.awaitIdle(Duration.ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(MessagingFixture.GROUP + "=1");
    }

    @Test
    void clearingForgetsEverythingAndSubscriptionsStay() {
        CountDownLatch gate = new CountDownLatch(1);
        Recorder<OrderEvent> recorder = Recorder.then((message, context) -> {
            if (message.data().equals(new Placed("order-1", 1))) {
                gate.await();
            }
            return HandlerResult.ack();
        });
        Subscription subscription = bus.subscribe(request().build(), recorder);
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));
        recorder.awaitCalls(1);
        broker.publishFaults().failAll(m -> true, m -> new BrokerUnavailableException("away", null));

        broker.clear();
        gate.countDown();
        publish(bus, new Placed("order-1", 3));
        broker.awaitIdle(PATIENCE);

        broker.awaitHandled(MessagingFixture.GROUP, 1, PATIENCE);
        assertThat(recorder.data()).containsExactly(new Placed("order-1", 1), new Placed("order-1", 3));
        assertThat(bus.published(Placed.class)).hasSize(1);
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aSubscriptionWhoseClockFailsStopsAndSaysSo() {
        AtomicBoolean broken = new AtomicBoolean();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return broken.get() ? Instant.MAX : Instant.EPOCH;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        try (InMemoryMessageBus other = new InMemoryMessageBus(new InMemoryBroker(clock), "orders", OrderEvent.CODEC)) {
            Subscription subscription = other.subscribe(request().build(), Recorder.acknowledging());
            broken.set(true);
            publish(other, new Placed("order-1", 1));

            MessagingFixture.eventually()
                    .get("the status", () -> subscription.status().state(), State.STOPPED::equals);

            assertThat(subscription.status().reason().orElseThrow()).contains("Exception");
        }
    }

    @Test
    void servicesOfOneBrokerHearOfEachOther() {
        try (InMemoryMessageBus shipping = new InMemoryMessageBus(broker, "shipping", OrderEvent.CODEC)) {
            List<Placed> seen = new CopyOnWriteArrayList<>();
            shipping.subscribe(Placed.class, seen::add);

            publish(bus, new Placed("order-1", 1));
            broker.awaitIdle(PATIENCE);

            assertThat(seen).containsExactly(new Placed("order-1", 1));
            assertThat(shipping.published(Placed.class).get(0).source()).contains(URI.create("urn:service:orders"));
        }
    }
}
