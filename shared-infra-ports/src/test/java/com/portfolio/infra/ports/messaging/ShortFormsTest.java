package com.portfolio.infra.ports.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.IntegrationEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShortFormsTest {

    record Paid(String aggregateId) implements IntegrationEvent {}

    private static final DeliveryContext CONTEXT = new DeliveryContext() {
        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String group() {
            return "group";
        }

        @Override
        public String destination() {
            return "destination";
        }

        @Override
        public String position() {
            return "1";
        }

        @Override
        public Instant deadline() {
            return Instant.MAX;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    @Test
    void publishingAnEventPublishesAMessageWithItsKey() {
        List<Message<?>> published = new ArrayList<>();
        MessagePublisher publisher = message -> {
            published.add(message);
            return CompletableFuture.completedFuture(new PublishReceipt(message.id(), "payments", Optional.empty()));
        };

        PublishReceipt receipt =
                publisher.publish(new Paid("user-1")).toCompletableFuture().join();

        assertThat(published).singleElement().satisfies(message -> {
            assertThat(message.data()).isEqualTo(new Paid("user-1"));
            assertThat(message.key()).contains("user-1");
            assertThat(message.id()).isEqualTo(receipt.messageId());
        });
    }

    @Test
    void subscribingToAClassAsksForItWithAllDefaults() {
        Recorder bus = new Recorder();
        assertThatThrownBy(() -> bus.subscribe(Paid.class, event -> {})).isInstanceOf(BusClosedException.class);

        assertThat(bus.requests).containsExactly(SubscriptionRequest.of(Paid.class));
    }

    @Test
    void subscribingToANameAsksForItWithAllDefaults() {
        Recorder bus = new Recorder();
        assertThatThrownBy(() -> bus.subscribe("billing.Paid", event -> {})).isInstanceOf(BusClosedException.class);

        assertThat(bus.requests).containsExactly(SubscriptionRequest.of("billing.Paid"));
    }

    @Test
    void anEventHandlerThatReturnsAcknowledges() throws Exception {
        List<Paid> handled = new ArrayList<>();
        MessageHandler<Paid> handler = MessageHandler.of(handled::add);

        assertThat(handler.handle(Message.of(new Paid("user-1")), CONTEXT)).isEqualTo(HandlerResult.ack());
        assertThat(handled).containsExactly(new Paid("user-1"));
    }

    @Test
    void anEventHandlerThatThrowsFailsTheAttempt() {
        MessageHandler<Paid> handler = MessageHandler.of(event -> {
            throw new IOException("no room");
        });

        assertThatThrownBy(() -> handler.handle(Message.of(new Paid("user-1")), CONTEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("no room");
    }

    /** Notes what it is asked for, and is closed. */
    private static final class Recorder implements MessageSubscriber {

        private final List<SubscriptionRequest<?>> requests = new ArrayList<>();

        @Override
        public <T> Subscription subscribe(SubscriptionRequest<T> request, MessageHandler<T> handler) {
            requests.add(request);
            throw new BusClosedException("subscribing");
        }
    }
}
