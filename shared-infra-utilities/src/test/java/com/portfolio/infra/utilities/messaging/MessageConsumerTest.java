package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import com.portfolio.infra.ports.messaging.OnExhausted;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.utilities.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageConsumerTest extends ConsumerFixture {

    @Test
    void whatIsHandledIsAcknowledged() {
        publish("a", 1, 2, 3);
        start();

        awaitDone();

        assertThat(acknowledged).containsExactly(1, 2, 3);
    }

    @Test
    void aKeyWhoseMessageFailsWaitsAndOthersGoOn() {
        request.redelivery(
                QUICK.delays(Duration.ofHours(1), Duration.ofHours(1)).jitter(0));
        SetClock clock = new SetClock();
        fail(1, 1);
        publish("a", 1, 2);
        publish("b", 3, 4);
        start(source, clock);
        await(() -> acknowledged.size() == 2);
        assertThat(acknowledged).containsExactly(3, 4);

        clock.advance(Duration.ofHours(1));

        awaitDone();
        assertThat(acknowledged).containsExactly(3, 4, 1, 2);
        assertThat(begun).containsOnlyOnce(2);
    }

    @Test
    void nothingBehindAnUnfinishedMessageIsCommitted() {
        CountDownLatch door = hold(2);
        publish("a", 1);
        publish("b", 2);
        publish("c", 3);
        start();

        await(() -> acknowledged.size() == 2);

        await(() -> broker.committed(0) == 1);
        door.countDown();
        awaitDone();
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 3_010, 3_019})
    void aHandlerThatIsSlowAfterManyQuickOnesHoldsUpItsKeyAlone(int slow) {
        request.concurrency(2).maxInFlight(200);
        MessageConsumer<Parcel> consumer = start();
        IntStream.range(0, 2_000).forEach(number -> publish("k" + number % 40, number));
        awaitDone();
        CountDownLatch door = hold(slow);
        CountDownLatch first = hold(2_998);
        CountDownLatch second = hold(2_999);
        publish("gate 1", 2_998);
        publish("gate 2", 2_999);
        await(() -> begun.containsAll(List.of(2_998, 2_999)));
        IntStream.range(3_000, 3_080).forEach(number -> publish("k" + number % 40, number));
        await(() -> consumer.status().inFlight() == 82);
        first.countDown();
        second.countDown();

        await(() -> acknowledged.size() == 2_002 + 78);

        assertThat(acknowledged).doesNotContain(slow, slow + 40);
        door.countDown();
        awaitDone();
    }

    @Test
    void anExhaustedMessageIsADeadLetterAndItsKeyGoesOn() {
        fail(1, 3);
        publish("a", 1, 2);
        start();

        awaitDone();

        assertThat(begun).containsExactly(1, 1, 1, 2);
        assertThat(attempts).containsEntry(1, 3);
        assertThat(letters.get(1).kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(letters.get(1).message()).isEqualTo("attempt 3 fails");
    }

    @Test
    void aMessageStaysWhileItsDeadLetterCanNotBeStored() {
        lettersFail = true;
        treatments.put(1, context -> HandlerResult.deadLetter("no such account"));
        publish("a", 1, 2);
        MessageConsumer<Parcel> consumer = start();

        await(() -> consumer.status().state() == State.DISRUPTED);

        assertThat(consumer.status().reason()).contains("Dead letters can't be stored; message m1 at tests-0 1 waits.");
        assertThat(begun).containsExactly(1);
        assertThat(broker.committed(0)).isZero();
        lettersFail = false;
        awaitDone();
        assertThat(letters).containsOnlyKeys(1);
        assertThat(begun).containsExactly(1, 2);
        assertThat(consumer.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anUndecodableMessageIsADeadLetterAtOnce() {
        broker.publish(new Parcel(1, 0, "a", null));
        publish("a", 2);
        start();

        awaitDone();

        assertThat(begun).containsExactly(2);
        assertThat(attempts).containsEntry(1, 0);
        assertThat(letters.get(1).kind()).isEqualTo(Kind.UNDECODABLE);
    }

    @Test
    void aCodecThatBreaksEndsNoThread() {
        request.concurrency(1);
        broker.publish(new Parcel(1, 0, "a", "test.broken"));
        publish("a", 2);
        MessageConsumer.Member member = new MessageConsumer.Member(
                GROUP, Set.of(Numbered.TYPE, "test.broken"), Clock.systemUTC(), Duration.ofMillis(20));
        try (MessageConsumer<Parcel> consumer = MessageConsumer.<Parcel, Numbered>start(
                request.build(),
                member,
                source,
                parcel -> {
                    if (parcel.number == 1) {
                        throw new NoClassDefFoundError("gone");
                    }
                    return Numbered.decode(parcel);
                },
                (message, context) -> HandlerResult.ack(),
                (parcel, tried, failure) -> {
                    letters.put(parcel.number, failure);
                    return CompletableFuture.completedStage("stored");
                })) {
            awaitDone();
            assertThat(consumer.status().state()).isEqualTo(State.RUNNING);
        }
        assertThat(letters.get(1).message()).contains("The codec failed", "gone");
    }

    @Test
    void aMessageOfATypeThatNobodyAskedForIsPassedOver() {
        broker.publish(new Parcel(1, 0, "a", "test.other"));
        publish("a", 2);
        start();

        awaitDone();

        assertThat(begun).containsExactly(2);
        assertThat(letters).isEmpty();
    }

    @Test
    void aPostponedMessageUsesNoAttemptUp() {
        treatments.put(1, context -> {
            attempts.merge(1, 1, Integer::sum);
            return attempts.get(1) < 10 ? HandlerResult.postpone(Duration.ofMillis(1)) : HandlerResult.ack();
        });
        publish("a", 1);
        start();

        awaitDone();

        assertThat(letters).isEmpty();
        assertThat(begun).hasSize(10);
    }

    @Test
    void aHandlerThatReturnsNothingHasFailed() {
        treatments.put(1, context -> null);
        publish("a", 1);
        start();

        awaitDone();

        assertThat(letters.get(1).message()).isEqualTo("The handler returned null.");
    }

    @Test
    void asManyHandlersRunAtOnceAsAreAllowed() {
        request.concurrency(3);
        for (int i = 1; i <= 5; i++) {
            hold(i);
            publish("k" + i, i);
        }
        MessageConsumer<Parcel> consumer = start();

        await(() -> begun.size() == 3);
        await(() -> consumer.status().inFlight() == 5);

        assertThat(begun).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void asManyMessagesAreHeldAsAreAllowed() {
        request.concurrency(1).maxInFlight(4);
        CountDownLatch door = hold(1);
        for (int i = 1; i <= 50; i++) {
            publish("a", i);
        }
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.size() == 1);
        int polls = source.polls();

        await(() -> source.polls() > polls + 3);

        assertThat(consumer.status().inFlight()).isEqualTo(4);
        assertThat(source.mostRoom()).isEqualTo(4);
        door.countDown();
        awaitDone();
        assertThat(acknowledged).hasSize(50).isSorted();
    }

    @Test
    void aPausedSubscriptionBeginsNothingAndStaysInItsGroup() {
        MessageConsumer<Parcel> consumer = start();
        consumer.pause();
        publish("a", 1);
        int polls = source.polls();

        await(() -> source.polls() > polls + 3);

        assertThat(consumer.status().state()).isEqualTo(State.PAUSED);
        assertThat(begun).isEmpty();
        consumer.resume();
        awaitDone();
    }

    @Test
    void aPauseLetsTheRunningHandlerEndAndNoOtherBegin() {
        CountDownLatch door = hold(1);
        publish("a", 1, 2);
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.size() == 1);

        consumer.pause();
        door.countDown();

        await(() -> broker.committed(0) == 1);
        assertThat(begun).containsExactly(1);
        consumer.resume();
        awaitDone();
    }

    @Test
    void aPauseHoldsOfManyMessagesAllThatHaveNotBegun() {
        request.concurrency(1);
        AtomicReference<MessageConsumer<Parcel>> consumer = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        treatments.put(1, context -> {
            started.await();
            consumer.get().pause();
            return HandlerResult.ack();
        });
        for (int i = 1; i <= 40; i++) {
            publish("k" + i, i);
        }
        consumer.set(start());
        started.countDown();

        await(() -> broker.committed(0) == 1);

        assertThat(begun).containsExactly(1);
        consumer.get().resume();
        awaitDone();
    }

    @Test
    void aHandlerThatIsOutOfTimeIsInterruptedAndItsResultCounts() {
        SetClock clock = new SetClock();
        request.handlerTimeout(Duration.ofMinutes(1));
        List<Boolean> cancelled = new CopyOnWriteArrayList<>();
        treatments.put(1, context -> {
            try {
                new CountDownLatch(1).await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                cancelled.add(context.isCancelled());
            }
            return HandlerResult.ack();
        });
        publish("a", 1);
        start(source, clock);
        await(() -> begun.size() == 1);

        clock.advance(Duration.ofMinutes(1));

        awaitDone();
        assertThat(cancelled).containsExactly(true);
        assertThat(begun).containsExactly(1);
    }

    @Test
    void aHandlerThatDoesNotReturnIsTold() {
        SetClock clock = new SetClock();
        CountDownLatch door = new CountDownLatch(1);
        treatments.put(1, context -> {
            awaitDespiteInterrupts(door);
            return HandlerResult.ack();
        });
        publish("a", 1);
        MessageConsumer<Parcel> consumer = start(source, clock);
        await(() -> begun.size() == 1);

        clock.advance(Duration.ofMinutes(1));

        SubscriptionStatus status = consumer.status();
        assertThat(status.state()).isEqualTo(State.DISRUPTED);
        assertThat(status.reason()).contains("The handler of message m1 at tests-0 1 has not returned in time.");
        door.countDown();
        awaitDone();
        assertThat(consumer.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anInterruptThatAHandlerDidNotHearOfDoesNotReachTheNextOne() {
        request.concurrency(1);
        treatments.put(1, context -> {
            Thread.currentThread().interrupt();
            return HandlerResult.ack();
        });
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        treatments.put(2, context -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            return HandlerResult.ack();
        });
        publish("a", 1, 2);
        MessageConsumer<Parcel> consumer = start();

        awaitDone();

        assertThat(interrupted).containsExactly(false);
        assertThat(consumer.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anExhaustedMessageStopsTheSubscriptionIfAskedTo() {
        request.onExhausted(OnExhausted.STOP);
        CountDownLatch door = hold(9);
        fail(1, 3);
        publish("b", 9);
        publish("a", 1, 2);
        MessageConsumer<Parcel> consumer = start();

        await(() -> consumer.status().state() == State.STOPPED);

        assertThat(consumer.status().reason())
                .contains("Message m1 at tests-0 1 failed 3 times, the last time with: attempt 3 fails");
        assertThat(source.isClosed()).as("left while a handler runs").isFalse();
        door.countDown();
        await(source::isClosed);
        assertThat(begun).doesNotContain(2);
        assertThat(broker.committed(0)).isEqualTo(1);
        assertThat(consumer.isOpen()).isFalse();
        assertThat(consumer.close(Duration.ZERO)).isTrue();
        assertThat(consumer.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void theContextSaysWhereTheMessageIsFrom() {
        List<DeliveryContext> contexts = new CopyOnWriteArrayList<>();
        treatments.put(1, context -> {
            contexts.add(context);
            return HandlerResult.ack();
        });
        publish("a", 1);
        SetClock clock = new SetClock();
        start(source, clock);

        awaitDone();

        DeliveryContext context = contexts.get(0);
        assertThat(context.group()).isEqualTo(GROUP);
        assertThat(context.destination()).isEqualTo("tests-0");
        assertThat(context.position()).isEqualTo("1");
        assertThat(context.attempt()).isEqualTo(1);
        assertThat(context.deadline()).isEqualTo(SetClock.NOON.plus(Duration.ofMinutes(1)));
        assertThat(context.isCancelled()).isFalse();
    }

    @Test
    void aBrokerThatIsLostIsLookedForAgain() {
        MessageConsumer<Parcel> consumer = start();
        await(() -> consumer.ready().toCompletableFuture().isDone());

        broker.lose();
        publish("a", 1);

        await(() -> consumer.status().state() == State.DISRUPTED);
        assertThat(consumer.status().reason()).contains("The broker is lost.");
        assertThat(begun).isEmpty();
        broker.restore();
        awaitDone();
        assertThat(consumer.status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void whatWasHandledWhileTheBrokerWasLostIsAcknowledgedAfterwards() {
        CountDownLatch door = hold(1);
        publish("a", 1);
        start();
        await(() -> begun.size() == 1);

        broker.lose();
        door.countDown();
        await(() -> acknowledged.size() == 1);
        broker.restore();

        awaitDone();
        assertThat(begun).containsExactly(1);
    }

    @Test
    void aBrokerThatRefusesStopsTheSubscription() {
        broker.refuse(new MessagingFailedException("User 'app' may not read topic 'orders'.", null));
        MessageConsumer<Parcel> consumer = start();

        await(() -> consumer.status().state() == State.STOPPED);

        assertThat(consumer.status().reason()).contains("User 'app' may not read topic 'orders'.");
        await(source::isClosed);
        assertThatThrownBy(() -> consumer.ready().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MessagingFailedException.class);
    }

    @Test
    void aSourceThatBreaksStopsTheSubscriptionAndIsTold() {
        broker.refuse(new IllegalStateException("a bug"));
        MessageConsumer<Parcel> consumer = start();

        await(() -> consumer.status().state() == State.STOPPED);

        assertThat(consumer.status().reason()).contains("It failed: java.lang.IllegalStateException: a bug");
        assertThatThrownBy(() -> consumer.ready().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MessagingFailedException.class);
    }

    @Test
    void aSubscriptionIsReadyWhenItHasJoined() {
        broker.lose();
        MessageConsumer<Parcel> consumer = start();
        await(() -> consumer.status().state() == State.DISRUPTED);
        assertThat(consumer.ready().toCompletableFuture().isDone()).isFalse();

        broker.restore();

        await(() -> consumer.ready().toCompletableFuture().isDone());
    }

    private static void awaitDespiteInterrupts(CountDownLatch door) {
        while (door.getCount() > 0) {
            try {
                door.await();
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }
}
