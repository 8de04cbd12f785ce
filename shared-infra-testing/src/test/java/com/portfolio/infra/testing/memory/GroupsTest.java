package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.PATIENCE;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.BusTrait;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.StartFrom;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.testing.memory.OrderEvent.Cancelled;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GroupsTest {

    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void saysWhatItCanDo() {
        assertThat(bus.traits()).containsExactlyInAnyOrder(BusTrait.values());
    }

    @Test
    void mb2_everyGroupGetsEveryMessageAndEachMemberAPart() {
        Recorder<OrderEvent> one = Recorder.acknowledging();
        Recorder<OrderEvent> other = Recorder.acknowledging();
        Recorder<OrderEvent> elsewhere = Recorder.acknowledging();
        bus.subscribe(request().build(), one);
        fixture.bus().subscribe(request().build(), other);
        fixture.bus().subscribe(request().group("billing").build(), elsewhere);

        List<OrderEvent> published = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Placed event = new Placed("order-" + i % 20, i);
            publish(bus, event);
            published.add(event);
        }
        fixture.awaitIdle();

        List<OrderEvent> together = new ArrayList<>(one.data());
        together.addAll(other.data());
        assertThat(together).containsExactlyInAnyOrderElementsOf(published);
        assertThat(elsewhere.data()).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void mb2_tenThousandMessagesOfTwentyPublishersArriveOnceAndInTheOrderOfTheirKeys() throws Exception {
        Recorder<OrderEvent> one = Recorder.acknowledging();
        Recorder<OrderEvent> other = Recorder.acknowledging();
        bus.subscribe(request().build(), one);
        fixture.bus().subscribe(request().group("billing").build(), other);

        List<Thread> publishers = IntStream.range(0, 20)
                .mapToObj(publisher -> new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        publish(bus, new Placed("publisher-" + publisher, i));
                    }
                }))
                .toList();
        publishers.forEach(Thread::start);
        for (Thread publisher : publishers) {
            publisher.join();
        }
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 10_000, PATIENCE);
        fixture.awaitIdle();

        List<Integer> inOrder = IntStream.range(0, 500).boxed().toList();
        for (Recorder<OrderEvent> recorder : List.of(one, other)) {
            Map<String, List<Integer>> numbers = recorder.data().stream()
                    .collect(Collectors.groupingBy(
                            OrderEvent::aggregateId,
                            Collectors.mapping(event -> ((Placed) event).number(), Collectors.toList())));
            assertThat(numbers)
                    .hasSize(20)
                    .allSatisfy((key, values) -> assertThat(values).isEqualTo(inOrder));
        }
    }

    @Test
    void mb5_typesThatAGroupDidNotAskForArePassedOver() {
        Recorder<Cancelled> recorder = Recorder.acknowledging();
        bus.subscribe(SubscriptionRequest.builder(Cancelled.class).build(), recorder);

        publish(bus, new Placed("order-1", 1));
        publish(bus, new Cancelled("order-1", "late"));
        publish(bus, new Placed("order-1", 2));
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Cancelled("order-1", "late"));
    }

    @Test
    void theGroupOfAShortSubscriptionIsTheServicesAndTheTypes() {
        assertThat(bus.subscribe(Placed.class, event -> {}).group()).isEqualTo("shipping.orders.Placed");
        assertThat(bus.subscribe("orders.Cancelled", event -> {}).group()).isEqualTo("shipping.orders.Cancelled");
        assertThat(bus.subscribe(OrderEvent.class, event -> {}).group()).isEqualTo("shipping.OrderEvent");
    }

    @Test
    void mb12_aNewGroupStartsWithTheEarliestMessageOrTheLatest() {
        publish(bus, new Placed("order-1", 1));
        Recorder<OrderEvent> earliest = Recorder.acknowledging();
        Recorder<OrderEvent> latest = Recorder.acknowledging();
        bus.subscribe(request().build(), earliest);
        Subscription late = bus.subscribe(
                request().group("late").startFrom(StartFrom.LATEST).build(), latest);
        assertThat(late.ready().toCompletableFuture()).succeedsWithin(PATIENCE);

        publish(bus, new Placed("order-1", 2));
        fixture.awaitIdle();

        assertThat(earliest.data()).containsExactly(new Placed("order-1", 1), new Placed("order-1", 2));
        assertThat(latest.data()).containsExactly(new Placed("order-1", 2));
    }

    @Test
    void mb12_aGroupThatIsKnownGoesOnWhereItWas() {
        Recorder<OrderEvent> before = Recorder.acknowledging();
        Subscription first = bus.subscribe(request().build(), before);
        publish(bus, new Placed("order-1", 1));
        fixture.awaitIdle();
        first.close();
        publish(bus, new Placed("order-1", 2));

        Recorder<OrderEvent> after = Recorder.acknowledging();
        fixture.bus().subscribe(request().startFrom(StartFrom.LATEST).build(), after);
        fixture.awaitIdle();

        assertThat(before.data()).containsExactly(new Placed("order-1", 1));
        assertThat(after.data()).containsExactly(new Placed("order-1", 2));
    }

    @Test
    void aSecondSubscriptionOfAGroupToOtherTypesIsRefusedUntilTheFirstIsClosed() {
        Subscription first = bus.subscribe(request().build(), Recorder.acknowledging());
        SubscriptionRequest<Cancelled> others = SubscriptionRequest.builder(Cancelled.class)
                .group(MessagingFixture.GROUP)
                .build();

        assertThatThrownBy(() -> bus.subscribe(others, Recorder.acknowledging()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(MessagingFixture.GROUP);
        first.close();

        assertThat(bus.subscribe(others, Recorder.acknowledging()).group()).isEqualTo(MessagingFixture.GROUP);
    }

    @Test
    void aTypeThatTheCodecDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> bus.subscribe("orders.Unknown", event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders.Unknown");
    }
}
