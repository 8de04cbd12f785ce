package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.utilities.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of messages that their consumer has to leave to others: partitions that move, and closing. */
class GivingUpTest extends ConsumerFixture {

    private final PartitionedBroker.Source other = broker.source();

    /** The second partition goes to whoever comes second. */
    private void publishToBoth() {
        broker.publish(new Parcel(1, 0, "a", Numbered.TYPE));
        broker.publish(new Parcel(11, 1, "b", Numbered.TYPE));
        broker.publish(new Parcel(12, 1, "b", Numbered.TYPE));
    }

    @Test
    void aHandlerThatRunsFinishesBeforeItsPartitionMoves() {
        CountDownLatch door = hold(11);
        publishToBoth();
        start();
        await(() -> begun.contains(11));

        start(other, Clock.systemUTC());
        await(() -> other.polls() > 3);
        assertThat(begun).as("moved under a running handler").doesNotContain(12);
        door.countDown();

        awaitDone();
        assertThat(begun).containsExactlyInAnyOrder(1, 11, 12);
    }

    @Test
    void whatWaitsIsLeftToTheNextOwner() {
        request.redelivery(
                QUICK.delays(Duration.ofHours(1), Duration.ofHours(1)).maxAttempts(9));
        fail(11, 1);
        publishToBoth();
        MessageConsumer<Parcel> consumer = start(source, new SetClock());
        await(() -> begun.contains(11) && consumer.status().inFlight() == 2);
        treatments.clear();

        start(other, Clock.systemUTC());

        awaitDone();
        assertThat(begun).containsExactlyInAnyOrder(1, 11, 11, 12);
        assertThat(consumer.status().inFlight()).isZero();
    }

    @Test
    void aHandlerThatDoesNotFinishInTimeIsCancelledAndWithoutEffect() {
        source.patience = Duration.ofMillis(50);
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch interrupted = new CountDownLatch(1);
        treatments.put(11, context -> {
            treatments.remove(11);
            try {
                new CountDownLatch(1).await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                seen.add("cancelled " + context.isCancelled());
                interrupted.countDown();
            }
            return HandlerResult.deadLetter("its result does not count");
        });
        publishToBoth();
        start();
        await(() -> begun.contains(11));

        start(other, Clock.systemUTC());

        awaitDone();
        assertThat(seen).containsExactly("cancelled true");
        assertThat(letters).isEmpty();
        assertThat(acknowledged).containsExactlyInAnyOrder(1, 11, 12);
    }

    @Test
    void whatWasTakenAwayIsHandledByOthersAndItsHandlerIsCancelled() {
        CountDownLatch cancelled = new CountDownLatch(1);
        treatments.put(1, context -> {
            treatments.remove(1);
            try {
                new CountDownLatch(1).await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                cancelled.countDown();
            }
            return HandlerResult.ack();
        });
        publish("a", 1);
        start();
        await(() -> begun.contains(1));

        broker.expel(source);

        awaitDone();
        await(() -> cancelled.getCount() == 0);
        assertThat(begun).containsExactly(1, 1);
    }

    @Test
    void aMessageThatComesBackWaitsForItsFormerHandler() {
        CountDownLatch door = new CountDownLatch(1);
        treatments.put(1, context -> {
            treatments.remove(1);
            while (door.getCount() > 0) {
                try {
                    door.await();
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
            return HandlerResult.ack();
        });
        publish("a", 1);
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.contains(1));
        broker.expel(source);
        await(() -> consumer.status().inFlight() == 2);

        assertThat(begun).containsExactly(1);
        door.countDown();

        awaitDone();
        assertThat(begun).containsExactly(1, 1);
    }

    @Test
    void aSourceMayTakeBackWhatItHasJustHandedOver() {
        Fickle fickle = new Fickle();
        start(fickle, Clock.systemUTC());

        await(() -> fickle.acknowledged.contains(3));

        assertThat(begun).containsExactly(3);
    }

    /** Hands messages over, and then some of them not. */
    private static final class Fickle implements DeliverySource<Parcel> {

        private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
        private int last;

        @Override
        public void poll(int room, Duration maxWait, Intake<Parcel> intake) {
            if (last == 0) {
                intake.joined();
                intake.accept(new Parcel(1, "a"));
                intake.accept(new Parcel(2, "b"));
                intake.lose(parcel -> parcel.number == 1);
                acknowledge(intake.revoke(parcel -> parcel.number == 2, Duration.ZERO));
                intake.accept(new Parcel(3, "a"));
                last = 3;
            }
        }

        @Override
        public void acknowledge(List<Parcel> done) {
            done.forEach(parcel -> acknowledged.add(parcel.number));
        }

        @Override
        public void wakeUp() {
            // It never waits.
        }

        @Override
        public void close() {
            // It is nowhere.
        }
    }

    @Test
    void closingWaitsForHandlersAndAcknowledgesThem() throws Exception {
        CountDownLatch door = hold(1);
        publish("a", 1, 2);
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.size() == 1);
        CountDownLatch closed = new CountDownLatch(1);
        List<Boolean> drained = new CopyOnWriteArrayList<>();
        Thread closer = new Thread(() -> {
            drained.add(consumer.close(LONG));
            closed.countDown();
        });
        closer.start();
        await(() -> consumer.status().state() == State.CLOSED);
        assertThat(closed.getCount()).isEqualTo(1);

        door.countDown();
        closer.join(LONG.toMillis());

        assertThat(drained).containsExactly(true);
        assertThat(broker.committed(0)).isEqualTo(1);
        assertThat(begun).containsExactly(1);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void closingCancelsWhoDoesNotReturnAndLeavesHisMessage() {
        CountDownLatch interrupted = new CountDownLatch(1);
        treatments.put(1, context -> {
            try {
                new CountDownLatch(1).await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return HandlerResult.ack();
        });
        publish("a", 1);
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.size() == 1);

        boolean drained = consumer.close(Duration.ofMillis(20));

        assertThat(drained).isFalse();
        await(() -> interrupted.getCount() == 0);
        assertThat(broker.committed(0)).isZero();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void closingDoesNotWaitForRetries() {
        request.redelivery(QUICK.delays(Duration.ofHours(1), Duration.ofHours(1)));
        fail(1, 1);
        publish("a", 1);
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.size() == 1 && consumer.status().inFlight() == 1);

        assertThat(consumer.close(LONG)).isTrue();

        assertThat(broker.committed(0)).isZero();
    }

    @Test
    void closingWhileTheBrokerIsLostEnds() {
        broker.lose();
        MessageConsumer<Parcel> consumer = start();
        await(() -> consumer.status().state() == State.DISRUPTED);

        assertThat(consumer.close(LONG)).isTrue();

        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void closingTwiceIsClosingOnceAndLeavesNoThread() {
        for (int i = 1; i <= 20; i++) {
            publish("k" + i, i);
        }
        MessageConsumer<Parcel> consumer = start();
        awaitDone();

        assertThat(consumer.close(LONG)).isTrue();
        assertThat(consumer.close(LONG)).isTrue();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(GROUP));
    }

    @Test
    void anInterruptedCloserStillCloses() {
        hold(1);
        publish("a", 1);
        MessageConsumer<Parcel> consumer = start();
        await(() -> begun.size() == 1);

        Thread.currentThread().interrupt();
        boolean drained = consumer.close(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(drained).isFalse();
        await(source::isClosed);
    }
}
