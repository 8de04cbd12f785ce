package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.testing.memory.OrderEvent.Cancelled;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PublishingTest {

    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();

    record Unregistered(String aggregateId) implements IntegrationEvent {}

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <E extends Throwable> E failureOf(ThrowingCallable publishing, Class<E> type) {
        Throwable[] cause = new Throwable[1];
        assertThatThrownBy(publishing)
                .isInstanceOf(CompletionException.class)
                .satisfies(thrown -> cause[0] = thrown.getCause());
        assertThat(cause[0]).isInstanceOf(type);
        return type.cast(cause[0]);
    }

    @Test
    void mb1_aReceiptNamesWhatWasStoredAndWhere() {
        Message<Placed> first = Message.of(new Placed("order-1", 1));
        Message<Placed> second = Message.of(new Placed("order-1", 2));

        PublishReceipt one = publish(bus, first);
        PublishReceipt two = publish(bus, second);

        assertThat(one).isEqualTo(new PublishReceipt(first.id(), InMemoryBroker.DESTINATION, Optional.of("1")));
        assertThat(two.position()).contains("2");
    }

    @Test
    void mb1_whatWasNotStoredFailsNamingDestinationAndId() {
        Message<Placed> message = Message.of(new Placed("order-1", 1));
        fixture.broker().loseNextPublish();

        PublishFailedException failure = failureOf(() -> publish(bus, message), PublishFailedException.class);

        assertThat(failure.messageId()).isEqualTo(message.id());
        assertThat(failure.destination()).isEqualTo(InMemoryBroker.DESTINATION);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(fixture.broker().published()).isEmpty();
    }

    @Test
    void mb1_aMessageWhoseReceiptWasLostAndThatIsPublishedAgainHasTheSameIdTwice() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        bus.subscribe(request().build(), recorder);
        Message<Placed> message = Message.of(new Placed("order-1", 1));
        fixture.broker().loseNextReceipt();

        failureOf(() -> publish(bus, message), PublishFailedException.class);
        publish(bus, message);
        fixture.awaitIdle();

        assertThat(recorder.calls())
                .extracting(call -> call.message().id())
                .containsExactly(message.id(), message.id());
    }

    @Test
    void mb1_theStageOfAFailureIsNotAThrow() {
        fixture.broker().loseNextPublish();

        assertThat(bus.publish(new Placed("order-1", 1))).isCompletedExceptionally();
        assertThatThrownBy(() -> bus.publish((Message<?>) null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void mb1_messagesOfOneThreadAreStoredInItsOrderWithoutWaitingForReceipts() {
        for (int i = 0; i < 1_000; i++) {
            bus.publish(new Placed("order-1", i));
        }

        assertThat(((InMemoryMessageBus) bus).published(Placed.class))
                .extracting(message -> message.data().number())
                .isSorted()
                .hasSize(1_000);
    }

    @Test
    void anUnregisteredClassFailsBeforeAnythingIsStored() {
        assertThat(failureOf(
                        () -> bus.publish(new Unregistered("order-1"))
                                .toCompletableFuture()
                                .join(),
                        EventEncodingException.class))
                .hasMessageContaining(Unregistered.class.getName());
        assertThat(fixture.broker().published()).isEmpty();
    }

    @Test
    void textThatCannotBeWrittenFailsBeforeAnythingIsStored() {
        assertThat(failureOf(
                        () -> publish(bus, new Cancelled("order-1", "half a \ud83d pair")),
                        EventEncodingException.class))
                .hasMessageContaining("reason");
        assertThat(fixture.broker().published()).isEmpty();
    }

    @Test
    void aClosedBusTakesNothing() {
        bus.close();
        bus.close();

        failureOf(() -> publish(bus, new Placed("order-1", 1)), BusClosedException.class);
        assertThatThrownBy(() -> bus.subscribe(Placed.class, event -> {})).isInstanceOf(BusClosedException.class);
    }

    @Test
    void mb10_theEnvelopeCrossesUntouched() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        bus.subscribe(request().build(), recorder);
        Message<Placed> message = Message.builder(new Placed("order-1", 1))
                .id("id with spaces and ü")
                .source(URI.create("/shops/1"))
                .type(EventType.of("orders.Placed"))
                .subject("an order")
                .time(Instant.parse("2026-01-31T12:00:00.123456789Z"))
                .key("schlüssel")
                .dataSchema(URI.create("https://schemas.example/orders.Placed/1"))
                .extension("tenant", "t 1")
                .correlation(Metadata.of(Metadata.CORRELATION_ID, "c").with(Metadata.CAUSATION_ID, "d"))
                .trace(new TraceContext(
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", Optional.of("vendor=1")))
                .header("X-Any Näme", "line\nbreak")
                .build();

        publish(bus, message);
        fixture.awaitIdle();

        assertThat(recorder.calls()).hasSize(1);
        assertThat((Object) recorder.calls().get(0).message()).isEqualTo(message);
        assertThat(recorder.data().get(0)).isNotSameAs(message.data());
    }

    @Test
    void mb10_sourceAndTypeAreTheBussWhereAMessageHasNone() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        bus.subscribe(request().build(), recorder);

        publish(bus, new Placed("order-1", 1));
        fixture.awaitIdle();

        Message<OrderEvent> received = recorder.calls().get(0).message();
        assertThat(received.source()).contains(URI.create("urn:service:shipping"));
        assertThat(received.type()).contains(EventType.of("orders.Placed"));
        assertThat(received.key()).contains("order-1");
    }

    @Test
    void mb10_aHandlerWorksInTheCorrelationOfItsMessage() {
        List<Metadata> scopes = new CopyOnWriteArrayList<>();
        bus.subscribe(request().build(), (message, context) -> {
            scopes.add(Correlation.current());
            return HandlerResult.ack();
        });
        Correlation.Scope scope = Correlation.open("request-1");
        Message<Placed> message = Message.of(new Placed("order-1", 1));
        scope.close();
        Message<Placed> alone = Message.of(new Placed("order-1", 2));

        publish(bus, message);
        publish(bus, alone);
        fixture.awaitIdle();

        assertThat(scopes)
                .containsExactly(
                        Metadata.of(Metadata.CORRELATION_ID, "request-1").with(Metadata.CAUSATION_ID, message.id()),
                        Metadata.of(Metadata.CORRELATION_ID, alone.id()).with(Metadata.CAUSATION_ID, alone.id()));
    }

    @Test
    void mb10_aPlainCloudEventIsReceived() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        bus.subscribe(request().build(), recorder);

        fixture.broker()
                .put(
                        MessagingFixture.headers("1", "orders.Placed", "order-1"),
                        "{\"aggregateId\":\"order-1\",\"number\":7}".getBytes(StandardCharsets.UTF_8));
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Placed("order-1", 7));
        assertThat(recorder.calls().get(0).message().time()).isEmpty();
    }
}
