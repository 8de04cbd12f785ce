package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.PATIENCE;
import static com.portfolio.infra.testing.memory.MessagingFixture.eventually;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DrainTest {

    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        fixture.close();
    }

    private Recorder<OrderEvent> waitingAtTheGate() {
        return Recorder.then((message, context) -> {
            gate.await();
            return HandlerResult.ack();
        });
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("memory-bus-" + MessagingFixture.GROUP))
                .toList();
    }

    @Test
    void mb8_closingFinishesWhatRunsAcknowledgesItAndLeavesTheRest() {
        Recorder<OrderEvent> recorder = waitingAtTheGate();
        Subscription subscription = bus.subscribe(request().concurrency(2).build(), recorder);
        for (int i = 0; i < 10; i++) {
            publish(bus, new Placed("order-" + i, i));
        }
        recorder.awaitCalls(2);

        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> subscription.close(PATIENCE));
        eventually().get("the status", () -> subscription.status().state(), State.CLOSED::equals);
        assertThat(closing).isNotDone();
        gate.countDown();

        assertThat(closing).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(recorder.calls()).hasSize(2);
        assertThat(threads()).isEmpty();
        Recorder<OrderEvent> next = Recorder.acknowledging();
        fixture.bus().subscribe(request().build(), next);
        fixture.awaitIdle();
        assertThat(next.data()).hasSize(8).doesNotContainAnyElementsOf(recorder.data());
    }

    @Test
    void mb8_afterTheDeadlineHandlersAreCancelledAndTheirMessagesLeftToOthers() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Recorder<OrderEvent> recorder = Recorder.then((message, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            gate.await();
            return HandlerResult.ack();
        });
        Subscription subscription = bus.subscribe(request().build(), recorder);
        publish(bus, new Placed("order-1", 1));
        recorder.awaitCalls(1);

        assertThat(subscription.close(Duration.ofMillis(50))).isFalse();

        assertThat(recorder.calls().get(0).context().isCancelled()).isTrue();
        eventually().holds("the interrupt", () -> interrupted.getCount() == 0);
        Recorder<OrderEvent> next = Recorder.acknowledging();
        fixture.bus().subscribe(request().build(), next);
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 1, PATIENCE);
        gate.countDown();
        assertThat(next.data()).containsExactly(new Placed("order-1", 1));
    }

    @Test
    void mb8_whatAHandlerReturnsAfterTheDeadlineIsWithoutEffect() {
        Recorder<OrderEvent> late = Recorder.then((message, context) -> {
            while (gate.getCount() > 0) {
                Thread.onSpinWait();
            }
            return HandlerResult.ack();
        });
        Subscription subscription = bus.subscribe(request().build(), late);
        publish(bus, new Placed("order-1", 1));
        late.awaitCalls(1);
        subscription.close(Duration.ZERO);
        gate.countDown();
        eventually().pass(() -> assertThat(threads()).isEmpty());

        Recorder<OrderEvent> next = Recorder.acknowledging();
        fixture.bus().subscribe(request().build(), next);
        fixture.awaitIdle();

        assertThat(next.data()).containsExactly(new Placed("order-1", 1));
    }

    @Test
    void mb8_closingTheBusClosesAllSubscriptionsSideBySideAndLeavesNoThread() {
        Recorder<OrderEvent> one = waitingAtTheGate();
        Recorder<OrderEvent> other = waitingAtTheGate();
        Subscription first = bus.subscribe(request().build(), one);
        Subscription second =
                bus.subscribe(request().group(MessagingFixture.GROUP + ".2").build(), other);
        publish(bus, new Placed("order-1", 1));
        one.awaitCalls(1);
        other.awaitCalls(1);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(bus::close);
        eventually()
                .pass(() -> assertThat(List.of(first, second))
                        .allMatch(subscription -> subscription.status().state() == State.CLOSED));
        gate.countDown();

        assertThat(closing).succeedsWithin(PATIENCE);
        assertThat(threads()).isEmpty();
    }

    @Test
    void closingAClosedSubscriptionDoesNothing() {
        Subscription subscription = bus.subscribe(request().build(), Recorder.acknowledging());
        subscription.close();
        subscription.close();

        assertThat(subscription.close(Duration.ZERO)).isTrue();
        assertThat(subscription.status().state()).isEqualTo(State.CLOSED);
        assertThatThrownBy(() -> subscription.close(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRetryThatIsNotDueIsLeftToOthersWhenTheSubscriptionCloses() {
        MessageHandler<OrderEvent> failing = (message, context) -> HandlerResult.retry(Duration.ofDays(1));
        Recorder<OrderEvent> recorder = Recorder.then(failing);
        Subscription subscription = bus.subscribe(request().build(), recorder);
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));
        recorder.awaitCalls(1);

        assertThat(subscription.close(PATIENCE)).isTrue();
        Recorder<OrderEvent> next = Recorder.acknowledging();
        fixture.bus().subscribe(request().build(), next);
        fixture.awaitIdle();

        assertThat(next.data()).containsExactly(new Placed("order-1", 1), new Placed("order-1", 2));
    }

    @Test
    void mb9_aPausedSubscriptionBeginsNothingAndKeepsItsGroupsOrder() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        Subscription subscription = bus.subscribe(request().build(), recorder);
        subscription.pause();
        subscription.pause();
        for (int i = 0; i < 10; i++) {
            publish(bus, new Placed("order-1", i));
        }
        Recorder<OrderEvent> elsewhere = Recorder.acknowledging();
        bus.subscribe(request().group("billing").build(), elsewhere);
        fixture.broker().awaitHandled("billing", 10, PATIENCE);

        assertThat(recorder.calls()).isEmpty();
        assertThat(subscription.status().state()).isEqualTo(State.PAUSED);
        subscription.resume();
        fixture.awaitIdle();

        assertThat(recorder.data())
                .extracting(event -> ((Placed) event).number())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void mb9_noMoreMessagesThanAllowedAreHeldHoweverManyWait() {
        Recorder<OrderEvent> recorder = Recorder.then((message, context) -> HandlerResult.retry(Duration.ofDays(1)));
        Subscription subscription =
                bus.subscribe(request().concurrency(2).maxInFlight(5).build(), recorder);
        for (int i = 0; i < 100; i++) {
            publish(bus, new Placed("order-" + i, i));
        }

        recorder.awaitCalls(5);
        subscription.pause();
        subscription.resume();
        assertThat(subscription.close(PATIENCE)).isTrue();

        assertThat(recorder.calls()).hasSize(5);
    }

    @Test
    void aDrainThatIsInterruptedEndsAtOnce() throws Exception {
        Recorder<OrderEvent> recorder = waitingAtTheGate();
        Subscription subscription = bus.subscribe(request().build(), recorder);
        publish(bus, new Placed("order-1", 1));
        recorder.awaitCalls(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            subscription.close(Duration.ofHours(1));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        eventually().get("the status", () -> subscription.status().state(), State.CLOSED::equals);

        closer.interrupt();

        assertThat(interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        closer.join();
    }
}
