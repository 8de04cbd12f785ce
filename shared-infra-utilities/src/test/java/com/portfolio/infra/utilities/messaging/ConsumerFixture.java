package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.utilities.messaging.MessageConsumer.Member;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Consumers over a broker of the tests, whose handlers do what the test says for each message. */
abstract class ConsumerFixture {

    static final Duration LONG = Duration.ofSeconds(30);
    static final String GROUP = "readers";
    static final RedeliveryPolicy QUICK =
            RedeliveryPolicy.defaults().maxAttempts(3).delays(Duration.ofMillis(1), Duration.ofMillis(5));

    /** What a handler does with a message that there is something particular about. */
    interface Treatment {
        HandlerResult treat(DeliveryContext context) throws Exception;
    }

    final PartitionedBroker broker = new PartitionedBroker(2);
    final PartitionedBroker.Source source = broker.source();
    final SubscriptionRequest.Builder<Numbered> request =
            SubscriptionRequest.builder(Numbered.class).redelivery(QUICK);

    /** The numbers of the messages that were handled, each attempt. */
    final List<Integer> begun = new CopyOnWriteArrayList<>();

    final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    final Map<Integer, Treatment> treatments = new ConcurrentHashMap<>();
    final Map<Integer, Failure> letters = new ConcurrentHashMap<>();
    final Map<Integer, Integer> attempts = new ConcurrentHashMap<>();

    /** Set while dead letters can't be stored. */
    volatile boolean lettersFail;

    private final List<CountDownLatch> doors = new ArrayList<>();
    private final List<MessageConsumer<Parcel>> consumers = new ArrayList<>();

    @AfterEach
    void openDoorsAndCloseConsumers() {
        doors.forEach(CountDownLatch::countDown);
        consumers.forEach(consumer -> consumer.close(LONG));
    }

    MessageConsumer<Parcel> start() {
        return start(source, Clock.systemUTC());
    }

    MessageConsumer<Parcel> start(DeliverySource<Parcel> from, Clock clock) {
        Member member = new Member(GROUP, Set.of(Numbered.TYPE), clock, Duration.ofMillis(20));
        MessageHandler<Numbered> handler =
                (message, context) -> handle(message.data().number(), context);
        MessageConsumer<Parcel> consumer =
                MessageConsumer.start(request.build(), member, from, Numbered::decode, handler, this::store);
        consumers.add(consumer);
        return consumer;
    }

    private HandlerResult handle(int number, DeliveryContext context) throws Exception {
        begun.add(number);
        Treatment treatment = treatments.get(number);
        HandlerResult result = treatment == null ? HandlerResult.ack() : treatment.treat(context);
        if (result == HandlerResult.ack()) {
            acknowledged.add(number);
        }
        return result;
    }

    private CompletionStage<?> store(Parcel parcel, int tried, Failure failure) {
        if (lettersFail) {
            return CompletableFuture.failedStage(new IllegalStateException("no room for letters"));
        }
        letters.put(parcel.number, failure);
        attempts.put(parcel.number, tried);
        return CompletableFuture.completedStage("stored");
    }

    /** Messages of a key, in the first partition. */
    void publish(String key, int... numbers) {
        for (int number : numbers) {
            broker.publish(new Parcel(number, key));
        }
    }

    /** The handler of that message waits until the door is opened. */
    CountDownLatch hold(int number) {
        CountDownLatch door = new CountDownLatch(1);
        doors.add(door);
        treatments.put(number, context -> {
            if (!door.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody opened the door.");
            }
            return HandlerResult.ack();
        });
        return door;
    }

    /** The handler of that message fails so many times. */
    void fail(int number, int times) {
        treatments.put(number, context -> {
            if (context.attempt() <= times) {
                throw new IllegalStateException("attempt " + context.attempt() + " fails");
            }
            return HandlerResult.ack();
        });
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    void awaitDone() {
        await(broker::isDone);
    }
}
