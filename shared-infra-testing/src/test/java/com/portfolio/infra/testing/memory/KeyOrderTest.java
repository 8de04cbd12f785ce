package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.PATIENCE;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.Ordering;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KeyOrderTest {

    private static final RedeliveryPolicy MANY_AT_ONCE = MessagingFixture.AT_ONCE.maxAttempts(1_000);

    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** What was handled, by key, and whether two of one key ever ran at a time. */
    private static final class Handled {

        private final Map<String, List<Integer>> numbers = new ConcurrentHashMap<>();
        private final Set<String> running = ConcurrentHashMap.newKeySet();
        private final AtomicInteger overlaps = new AtomicInteger();

        MessageHandler<OrderEvent> failingAtRandom(long seed) {
            Random random = new Random(seed);
            return (message, context) -> {
                Placed event = (Placed) message.data();
                if (!running.add(event.aggregateId())) {
                    overlaps.incrementAndGet();
                }
                try {
                    if (random.nextInt(4) == 0) {
                        throw new IllegalStateException("on purpose");
                    }
                    numbers.computeIfAbsent(event.aggregateId(), key -> new ArrayList<>())
                            .add(event.number());
                    return random.nextInt(8) == 0 ? HandlerResult.postpone(Duration.ZERO) : HandlerResult.ack();
                } finally {
                    running.remove(event.aggregateId());
                }
            };
        }

        /** The numbers of a key, where a repetition follows what it repeats. */
        List<Integer> of(String key) {
            List<Integer> all = numbers.getOrDefault(key, List.of());
            return IntStream.range(0, all.size())
                    .filter(i -> i == 0 || !all.get(i).equals(all.get(i - 1)))
                    .mapToObj(all::get)
                    .toList();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void mb3_theOrderOfAKeyHoldsThroughRetriesAndAcrossMembersWhateverTheSeed(long seed) {
        Handled handled = new Handled();
        bus.subscribe(request().redelivery(MANY_AT_ONCE).concurrency(4).build(), handled.failingAtRandom(seed));
        fixture.bus()
                .subscribe(request().redelivery(MANY_AT_ONCE).concurrency(3).build(), handled.failingAtRandom(-seed));

        Random random = new Random(seed);
        int[] next = new int[10];
        for (int i = 0; i < 1_000; i++) {
            int key = random.nextInt(next.length);
            publish(bus, new Placed("order-" + key, next[key]++));
        }
        fixture.awaitIdle();

        assertThat(handled.overlaps).hasValue(0);
        for (int key = 0; key < next.length; key++) {
            assertThat(handled.of("order-" + key))
                    .as("order-%d with seed %d", key, seed)
                    .isEqualTo(IntStream.range(0, next[key]).boxed().toList());
        }
    }

    @Test
    void mb3_aMemberThatCrashesLeavesItsMessagesToOthersInOrder() {
        Handled handled = new Handled();
        MessageBus doomed = fixture.bus();
        CountDownLatch reached = new CountDownLatch(1);
        doomed.subscribe(request().build(), (message, context) -> {
            reached.countDown();
            new CountDownLatch(1).await();
            return HandlerResult.ack();
        });
        for (int i = 0; i < 100; i++) {
            publish(bus, new Placed("order-" + i % 5, i));
        }
        assertThat(awaits(reached)).isTrue();

        fixture.crash(doomed);
        bus.subscribe(request().redelivery(MANY_AT_ONCE).build(), handled.failingAtRandom(1));
        fixture.awaitIdle();

        for (int key = 0; key < 5; key++) {
            int first = key;
            assertThat(handled.of("order-" + key))
                    .isEqualTo(IntStream.range(0, 20)
                            .map(i -> first + i * 5)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void mb3_aKeyThatIsRetriedWaitsWhileOthersGoOn() {
        CountDownLatch others = new CountDownLatch(20);
        Recorder<OrderEvent> recorder = Recorder.thenHandle(event -> {
            if (!event.aggregateId().equals("stuck")) {
                others.countDown();
            } else if (others.getCount() > 0) {
                throw new IllegalStateException("the others first");
            }
        });
        bus.subscribe(request().redelivery(MANY_AT_ONCE).concurrency(2).build(), recorder);

        publish(bus, new Placed("stuck", 1));
        publish(bus, new Placed("stuck", 2));
        for (int i = 0; i < 20; i++) {
            publish(bus, new Placed("order-" + i, i));
        }
        fixture.awaitIdle();

        assertThat(recorder.data().stream().filter(event -> event.aggregateId().equals("stuck")))
                .endsWith(new Placed("stuck", 2))
                .isSortedAccordingTo(
                        (one, other) -> Integer.compare(((Placed) one).number(), ((Placed) other).number()));
    }

    @Test
    void mb3_aHotKeyHoldsNobodyUp() {
        CountDownLatch coldHandled = new CountDownLatch(1);
        bus.subscribe(request().concurrency(2).build(), (message, context) -> {
            if (message.data().aggregateId().equals("cold")) {
                coldHandled.countDown();
            } else {
                // The first of the hot key is not done before the cold one is.
                assertThat(awaits(coldHandled)).isTrue();
            }
            return HandlerResult.ack();
        });

        for (int i = 0; i < 1_000; i++) {
            publish(bus, new Placed("hot", i));
        }
        publish(bus, new Placed("cold", 1));
        fixture.awaitIdle();

        assertThat(fixture.deadLetters().list(DeadLetterQuery.first(1)).letters())
                .isEmpty();
    }

    @Test
    void mb3_aKeyGetsItsTurnAlsoWithOneThreadAndAHotKeyBesideIt() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        for (int i = 0; i < 100; i++) {
            publish(bus, new Placed("hot", i));
        }
        publish(bus, new Placed("cold", 1));
        publish(bus, new Placed("hot", 100));

        bus.subscribe(request().concurrency(1).build(), recorder);
        fixture.awaitIdle();

        assertThat(recorder.data().indexOf(new Placed("cold", 1))).isLessThan(3);
    }

    @Test
    void mb3_differentKeysAreHandledSideBySideUpToTheConcurrency() {
        CyclicBarrier together = new CyclicBarrier(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        bus.subscribe(request().concurrency(4).build(), (message, context) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            running.decrementAndGet();
            return HandlerResult.ack();
        });

        for (int i = 0; i < 40; i++) {
            publish(bus, new Placed("order-" + i, i));
        }
        fixture.awaitIdle();

        assertThat(most).hasValue(4);
    }

    @Test
    void mb3_messagesWithoutKeyWaitForNone() {
        CyclicBarrier together = new CyclicBarrier(2);
        bus.subscribe(request().build(), (message, context) -> {
            together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return HandlerResult.ack();
        });

        for (int i = 0; i < 2; i++) {
            Message<Placed> keyed = Message.of(new Placed("order-1", i));
            publish(
                    bus,
                    Message.received(keyed.id(), URI.create("/shop"), EventType.of("orders.Placed"), keyed.data())
                            .build());
        }
        fixture.awaitIdle();

        fixture.broker().awaitHandled(MessagingFixture.GROUP, 2, PATIENCE);
    }

    @Test
    void anUnorderedSubscriptionHandlesMessagesOfOneKeySideBySide() {
        CyclicBarrier together = new CyclicBarrier(2);
        bus.subscribe(request().ordering(Ordering.UNORDERED).build(), (message, context) -> {
            together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return HandlerResult.ack();
        });

        publish(bus, new Placed("order-1", 1));
        publish(bus, new Placed("order-1", 2));

        fixture.broker().awaitHandled(MessagingFixture.GROUP, 2, PATIENCE);
        fixture.awaitIdle();
    }

    @Test
    void mb3_aDeadLetterLeavesTheOrder() {
        Recorder<OrderEvent> recorder = Recorder.thenHandle(event -> {
            if (event.equals(new Placed("order-1", 1))) {
                throw new IllegalStateException("never");
            }
        });
        bus.subscribe(request().build(), recorder);

        for (int i = 0; i < 4; i++) {
            publish(bus, new Placed("order-1", i));
        }
        fixture.awaitIdle();

        assertThat(recorder.data())
                .extracting(event -> ((Placed) event).number())
                .containsExactly(0, 1, 1, 1, 2, 3);
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
