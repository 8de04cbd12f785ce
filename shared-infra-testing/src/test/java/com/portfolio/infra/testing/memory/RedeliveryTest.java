package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.advanceUntil;
import static com.portfolio.infra.testing.memory.MessagingFixture.eventually;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.OnExhausted;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RedeliveryTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final RedeliveryPolicy DOUBLING = new RedeliveryPolicy(4, SECOND, 2.0, Duration.ofSeconds(30), 0);

    private final TestClock clock = TestClock.at("2026-01-31T12:00:00Z");
    private final MessagingFixture fixture = new MessagingFixture(clock);
    private final MessageBus bus = fixture.bus();

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<DeadLetter> letters() {
        return fixture.deadLetters().list(DeadLetterQuery.first(100)).letters();
    }

    private static Instant startOf(Recorder.Call<?> call) {
        return call.context().deadline().minus(TIMEOUT);
    }

    @Test
    void mb4_attemptsAreCountedAndFollowEachOtherAfterGrowingDelays() {
        Recorder<OrderEvent> recorder = Recorder.thenHandle(event -> {
            throw new IllegalStateException("on purpose");
        });
        bus.subscribe(request().redelivery(DOUBLING).build(), recorder);
        publish(bus, new Placed("order-1", 1));

        advanceUntil(clock, Duration.ofMillis(100), () -> assertThat(letters()).hasSize(1));

        List<Recorder.Call<OrderEvent>> calls = recorder.calls();
        assertThat(calls).extracting(Recorder.Call::attempt).containsExactly(1, 2, 3, 4);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(Duration.between(startOf(calls.get(i - 1)), startOf(calls.get(i))))
                    .isGreaterThanOrEqualTo(SECOND.multipliedBy(1L << (i - 1)));
        }
    }

    @Test
    void mb4_nothingIsTriedAgainWhileTheClockStandsStill() {
        Recorder<OrderEvent> recorder = Recorder.thenHandle(event -> {
            if (event.aggregateId().equals("order-1")) {
                throw new IllegalStateException("on purpose");
            }
        });
        Subscription subscription = bus.subscribe(request().redelivery(DOUBLING).build(), recorder);
        publish(bus, new Placed("order-1", 1));
        for (int i = 0; i < 100; i++) {
            publish(bus, new Placed("order-2", i));
        }

        fixture.broker().awaitHandled(MessagingFixture.GROUP, 100, MessagingFixture.PATIENCE);

        assertThat(recorder.data()).containsOnlyOnce(new Placed("order-1", 1));
        assertThat(subscription.status().inFlight()).isEqualTo(1);
    }

    @Test
    void mb4_theDelayOfARetryReplacesThatOfThePolicyAndCounts() {
        Recorder<OrderEvent> recorder =
                Recorder.then((message, context) -> HandlerResult.retry(Duration.ofMinutes(10)));
        bus.subscribe(request().redelivery(DOUBLING.maxAttempts(2)).build(), recorder);
        publish(bus, new Placed("order-1", 1));

        advanceUntil(clock, Duration.ofSeconds(30), () -> assertThat(letters()).hasSize(1));

        assertThat(recorder.calls()).extracting(Recorder.Call::attempt).containsExactly(1, 2);
        assertThat(Duration.between(
                        startOf(recorder.calls().get(0)),
                        startOf(recorder.calls().get(1))))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(letters().get(0).failure().kind()).isEqualTo(Kind.EXHAUSTED);
    }

    @Test
    void mb4_theReasonOfTheLastRetryStandsInTheDeadLetter() {
        Recorder<OrderEvent> recorder = Recorder.then(
                (message, context) -> HandlerResult.retry(Duration.ZERO, "No answer to " + context.attempt() + "."));
        bus.subscribe(request().redelivery(DOUBLING.maxAttempts(2)).build(), recorder);
        publish(bus, new Placed("order-1", 1));

        advanceUntil(clock, Duration.ofSeconds(30), () -> assertThat(letters()).hasSize(1));

        assertThat(letters().get(0).failure().kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(letters().get(0).failure().message()).isEqualTo("No answer to 2.");
    }

    @Test
    void mb9_aPostponementUsesUpNoAttempt() {
        Recorder<OrderEvent> recorder =
                Recorder.then((message, context) -> clock.instant().isBefore(Instant.parse("2026-01-31T13:00:00Z"))
                        ? HandlerResult.postpone(Duration.ofMinutes(1))
                        : HandlerResult.ack());
        bus.subscribe(request().redelivery(RedeliveryPolicy.never()).build(), recorder);
        publish(bus, new Placed("order-1", 1));

        advanceUntil(
                clock,
                Duration.ofMinutes(5),
                () -> assertThat(clock.instant()).isAfter(Instant.parse("2026-01-31T13:10:00Z")));
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 1, MessagingFixture.PATIENCE);

        assertThat(recorder.calls())
                .hasSizeGreaterThan(1)
                .allSatisfy(call -> assertThat(call.attempt()).isEqualTo(1));
        assertThat(letters()).isEmpty();
    }

    @Test
    void mb4_anErrorCountsAsAnException() {
        Recorder<OrderEvent> recorder = Recorder.thenHandle(event -> {
            throw new StackOverflowError();
        });
        bus.subscribe(request().build(), recorder);
        publish(bus, new Placed("order-1", 1));

        fixture.awaitIdle();

        assertThat(recorder.calls()).hasSize(3);
        assertThat(letters().get(0).failure().exception()).contains("java.lang.StackOverflowError");
    }

    @Test
    void aHandlerBeyondItsDeadlineIsInterruptedAndWhatItReturnsStillCounts() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        Recorder<OrderEvent> recorder = Recorder.then((message, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                mayReturn.await();
            }
            return HandlerResult.ack();
        });
        Subscription subscription =
                bus.subscribe(request().handlerTimeout(TIMEOUT).build(), recorder);
        publish(bus, new Placed("order-1", 1));
        Recorder.Call<OrderEvent> call = recorder.awaitCalls(1).get(0);
        assertThat(call.context().isCancelled()).isFalse();

        clock.advance(TIMEOUT);
        eventually().holds("the cancellation", () -> call.context().isCancelled());

        assertThat(subscription.status().state()).isEqualTo(State.DISRUPTED);
        assertThat(subscription.status().reason().orElseThrow()).contains("has not returned");
        mayReturn.countDown();
        fixture.awaitIdle();
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 1, MessagingFixture.PATIENCE);
        assertThat(recorder.calls()).hasSize(1);
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anInterruptThatAHandlerDoesNotHearIsGoneBeforeTheNextMessage() {
        CountDownLatch late = new CountDownLatch(1);
        Recorder<OrderEvent> recorder = Recorder.then((message, context) -> {
            if (message.data().equals(new Placed("order-1", 1))) {
                while (!context.isCancelled()) {
                    Thread.onSpinWait();
                }
                late.countDown();
            } else if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted for another's sake");
            }
            return HandlerResult.ack();
        });
        bus.subscribe(request().concurrency(1).handlerTimeout(TIMEOUT).build(), recorder);
        publish(bus, new Placed("order-1", 1));
        recorder.awaitCalls(1);
        clock.advance(TIMEOUT);
        for (int i = 2; i < 20; i++) {
            publish(bus, new Placed("order-1", i));
        }

        fixture.awaitIdle();

        assertThat(late.getCount()).isZero();
        assertThat(recorder.calls()).hasSize(19);
    }

    @Test
    void anExhaustedMessageStopsASubscriptionThatAsksForItAndIsLeftToTheNext() {
        Recorder<OrderEvent> failing = Recorder.thenHandle(event -> {
            throw new IllegalStateException("on purpose");
        });
        Subscription subscription =
                bus.subscribe(request().onExhausted(OnExhausted.STOP).build(), failing);
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));

        eventually().get("the status", () -> subscription.status().state(), State.STOPPED::equals);
        assertThat(subscription.status().reason().orElseThrow()).contains("failed 3 times", "on purpose");
        assertThat(letters()).isEmpty();
        Recorder<OrderEvent> next = Recorder.acknowledging();
        bus.subscribe(request().build(), next);
        fixture.awaitIdle();

        assertThat(failing.calls()).hasSize(3);
        assertThat(next.data()).containsExactly(new Placed("order-1", 1), new Placed("order-1", 2));
        assertThat(next.calls().get(0).attempt()).isEqualTo(1);
        subscription.close();
        assertThat(subscription.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void mb4_whileDeadLettersCannotBeStoredTheMessageStaysAndTheStatusSaysSo() {
        fixture.broker()
                .deadLetterFaults()
                .failAll(letter -> true, letter -> new BrokerUnavailableException("away", null));
        Recorder<OrderEvent> recorder =
                Recorder.then((message, context) -> message.data().equals(new Placed("order-1", 1))
                        ? HandlerResult.deadLetter("it can't be")
                        : HandlerResult.ack());
        Subscription subscription = bus.subscribe(request().redelivery(DOUBLING).build(), recorder);
        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));
        publish(bus, new Placed("order-2", 3));

        eventually().get("the status", () -> subscription.status().state(), State.DISRUPTED::equals);
        fixture.broker().awaitHandled(MessagingFixture.GROUP, 1, MessagingFixture.PATIENCE);
        assertThat(recorder.data()).containsExactlyInAnyOrder(new Placed("order-1", 1), new Placed("order-2", 3));

        fixture.broker().deadLetterFaults().clear();
        advanceUntil(clock, SECOND, () -> assertThat(letters()).hasSize(1));
        fixture.awaitIdle();

        assertThat(recorder.data()).endsWith(new Placed("order-1", 2)).hasSize(3);
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
    }
}
