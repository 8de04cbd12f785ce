package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.PATIENCE;
import static com.portfolio.infra.testing.memory.MessagingFixture.eventually;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.StartFrom;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BrokerLossTest {

    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        fixture.close();
    }

    @Test
    void mb14_withoutTheBrokerPublishingFailsAndStatusSaysSoUntilItIsBack() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        Subscription subscription = bus.subscribe(request().build(), recorder);
        fixture.broker().lose();

        assertThatThrownBy(() -> publish(bus, new Placed("order-1", 1)))
                .hasCauseInstanceOf(PublishFailedException.class);
        awaitState(subscription, State.DISRUPTED);
        assertThat(subscription.status().reason()).contains("The broker is lost.");
        fixture.broker().restore();
        publish(bus, new Placed("order-1", 2));
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Placed("order-1", 2));
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void mb14_whatHandlersFinishedMeanwhileIsAcknowledgedWhenTheBrokerIsBack() {
        Recorder<OrderEvent> recorder = Recorder.then((message, context) -> {
            gate.await();
            return HandlerResult.ack();
        });
        Subscription subscription = bus.subscribe(request().build(), recorder);
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));
        recorder.awaitCalls(1);
        fixture.broker().lose();
        gate.countDown();
        recorder.awaitCalls(2);
        awaitState(subscription, State.DISRUPTED);

        fixture.broker().restore();
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Placed("order-1", 1), new Placed("order-1", 2));
    }

    @Test
    void mb1_whatCouldNotBeAcknowledgedBeforeClosingIsHandedToTheNext() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        MessageBus first = fixture.bus();
        first.subscribe(request().build(), Recorder.then((message, context) -> {
            fixture.broker().lose();
            return HandlerResult.ack();
        }));
        publish(bus, new Placed("order-1", 1));
        eventually()
                .pass(() -> assertThatThrownBy(() -> publish(bus, new Placed("order-1", 2)))
                        .hasCauseInstanceOf(PublishFailedException.class));

        first.close();
        fixture.broker().restore();
        bus.subscribe(request().build(), recorder);
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 1, PATIENCE);

        assertThat(recorder.data()).startsWith(new Placed("order-1", 1));
    }

    @Test
    void aSubscriptionThatIsMadeWithoutTheBrokerIsReadyWhenItIsBack() {
        publish(bus, new Placed("order-1", 1));
        fixture.broker().lose();
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        Subscription subscription =
                bus.subscribe(request().startFrom(StartFrom.LATEST).build(), recorder);

        eventually().get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
        assertThat(subscription.ready()).isNotDone();
        fixture.broker().restore();
        assertThat(subscription.ready().toCompletableFuture()).succeedsWithin(PATIENCE);
        publish(bus, new Placed("order-1", 2));
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Placed("order-1", 2));
    }

    @Test
    void aSubscriptionThatIsClosedBeforeItWasReadySaysSo() {
        fixture.broker().lose();
        Subscription subscription = bus.subscribe(request().build(), Recorder.acknowledging());

        subscription.close();

        assertThat(subscription.ready().toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(BusClosedException.class);
    }

    @Test
    void mb7_afterATakeoverALateAcknowledgementIsWithoutEffect() {
        AtomicInteger calls = new AtomicInteger();
        Recorder<OrderEvent> frozen = Recorder.then((message, context) -> {
            if (calls.incrementAndGet() == 1) {
                while (gate.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
            return HandlerResult.ack();
        });
        bus.subscribe(request().concurrency(1).build(), frozen);
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));
        frozen.awaitCalls(1);
        Recorder<OrderEvent> awake = Recorder.acknowledging();
        fixture.bus().subscribe(request().build(), awake);

        fixture.broker().takeAway(MessagingFixture.GROUP);
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 2, PATIENCE);
        assertThat(frozen.calls().get(0).context().isCancelled()).isTrue();
        gate.countDown();
        publish(bus, new Placed("order-1", 3));
        fixture.awaitIdle();

        assertThat(awake.data()).startsWith(new Placed("order-1", 1), new Placed("order-1", 2));
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 3, PATIENCE);
        assertThat(frozen.calls().size() + awake.calls().size()).isEqualTo(4);
    }

    @Test
    void mb1_aMessageWhoseAcknowledgementWasLostIsHandledAgainInItsOrder() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        fixture.broker().loseNextAcknowledgements(2);
        bus.subscribe(request().build(), recorder);

        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));
        fixture.awaitIdle();

        // The second one may have been handled before it was known that the first one comes again.
        assertThat(recorder.data()).filteredOn(new Placed("order-1", 1)::equals).hasSize(3);
        assertThat(recorder.data()).endsWith(new Placed("order-1", 1), new Placed("order-1", 2));
    }

    private static void awaitState(Subscription subscription, State state) {
        MessagingFixture.eventually()
                .get("the status", () -> subscription.status().state(), state::equals);
    }
}
