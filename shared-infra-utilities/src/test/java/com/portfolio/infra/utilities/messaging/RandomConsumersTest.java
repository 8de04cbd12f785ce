package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.utilities.messaging.MessageConsumer.Member;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Members of a group that come, go, die and lose their partitions at random, with handlers that fail and dead letters that
 * can't be stored at times: every message ends, in the order of its key.
 */
class RandomConsumersTest {

    private static final int PARTITIONS = 4;
    private static final int KEYS = 12;
    private static final int MESSAGES = 600;
    private static final int POISON_EACH = 97;

    private final PartitionedBroker broker = new PartitionedBroker(PARTITIONS);
    private final Set<Integer> letters = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Integer>> endings = new HashMap<>();
    private final List<Running> members = new ArrayList<>();

    private record Running(MessageConsumer<Parcel> consumer, PartitionedBroker.Source source) {}

    static List<Long> seeds() {
        return new Random().longs(6).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMessageEndsInTheOrderOfItsKey(long seed) throws Exception {
        Random random = new Random(seed);
        startMember(random);
        int published = 0;
        while (published < MESSAGES) {
            for (int i = random.nextInt(20); i >= 0 && published < MESSAGES; i--) {
                publish(++published, random);
            }
            disturb(random);
            awaitTurn(members.get(random.nextInt(members.size())).source());
        }
        broker.restore();
        members.forEach(member -> member.consumer().resume());
        startMember(random);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(broker::isDone);
        for (Running member : List.copyOf(members)) {
            assertThat(member.consumer().close(Duration.ofSeconds(30))).isTrue();
        }

        checkEndings();
    }

    private void publish(int number, Random random) {
        int key = random.nextInt(KEYS);
        broker.publish(new Parcel(number, key % PARTITIONS, "k" + key, Numbered.TYPE));
    }

    private void disturb(Random random) {
        Running victim = members.get(random.nextInt(members.size()));
        switch (random.nextInt(12)) {
            case 0 -> startMember(random);
            case 1 -> {
                members.remove(victim);
                victim.source().die();
                victim.consumer().close(Duration.ZERO);
            }
            case 2 -> {
                members.remove(victim);
                victim.consumer().close(Duration.ofMillis(random.nextInt(5)));
            }
            case 3 -> broker.expel(victim.source());
            case 4 -> {
                // Long enough for some to notice, and short enough for them not to wait long.
                broker.lose();
                awaitTurn(victim.source());
                broker.restore();
            }
            case 5 -> victim.consumer().pause();
            case 6, 7 -> members.forEach(member -> member.consumer().resume());
            default -> Thread.onSpinWait();
        }
        if (members.isEmpty()) {
            startMember(random);
        }
        if (random.nextInt(3) == 0) {
            members.forEach(member -> member.consumer().resume());
        }
    }

    /** Gives a member time to do something. */
    private static void awaitTurn(PartitionedBroker.Source source) {
        int before = source.polls();
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> source.polls() > before);
    }

    private void startMember(Random random) {
        if (members.size() == 5) {
            return;
        }
        SubscriptionRequest<Numbered> request = SubscriptionRequest.builder(Numbered.class)
                .concurrency(1 + random.nextInt(4))
                .maxInFlight(4 + random.nextInt(40))
                .redelivery(RedeliveryPolicy.defaults().maxAttempts(3).delays(Duration.ZERO, Duration.ofMillis(3)))
                .build();
        PartitionedBroker.Source source = broker.source();
        source.patience = Duration.ofMillis(random.nextInt(10));
        long seed = random.nextLong();
        Member member = new Member("group", Set.of(Numbered.TYPE), Clock.systemUTC(), Duration.ofMillis(5));
        MessageConsumer<Parcel> consumer = MessageConsumer.start(
                request,
                member,
                source,
                Numbered::decode,
                (message, context) -> handle(
                        message.data(),
                        context,
                        new Random(seed + message.data().number())),
                (parcel, attempts, failure) -> store(parcel));
        members.add(new Running(consumer, source));
    }

    private HandlerResult handle(Numbered data, DeliveryContext context, Random random) throws Exception {
        if (data.number() % POISON_EACH == 0) {
            throw new IllegalStateException("poison");
        }
        if (context.attempt() == 1 && random.nextInt(10) == 0) {
            throw new IllegalStateException("once");
        }
        if (random.nextInt(20) == 0) {
            Thread.sleep(0, 200_000);
        }
        ended(data, context);
        return random.nextInt(30) == 0 && context.attempt() < 3
                ? HandlerResult.retry(Duration.ofMillis(1))
                : HandlerResult.ack();
    }

    /** A handler that was cancelled may run beside the next owner's; its late word is without effect, as is what it does here. */
    private synchronized void ended(Numbered data, DeliveryContext context) {
        if (!context.isCancelled()) {
            endings.computeIfAbsent(data.aggregateId(), key -> new ArrayList<>())
                    .add(data.number());
        }
    }

    private CompletableFuture<String> store(Parcel parcel) {
        if (parcel.number % 2 == 0 && letters.add(-parcel.number)) {
            return CompletableFuture.failedFuture(new IllegalStateException("no room at first"));
        }
        letters.add(parcel.number);
        return CompletableFuture.completedFuture("stored");
    }

    /** In the endings of a key, each number comes first after all smaller ones came; a suffix may come again. */
    private void checkEndings() {
        int seen = 0;
        for (Map.Entry<String, List<Integer>> entry : endings.entrySet()) {
            int highest = 0;
            for (int number : entry.getValue()) {
                if (number > highest) {
                    highest = number;
                    seen++;
                }
            }
            List<Integer> firsts = entry.getValue().stream().distinct().toList();
            assertThat(firsts).as("first endings of " + entry.getKey()).isSorted();
        }
        int poison = (int) letters.stream().filter(number -> number > 0).count();
        assertThat(poison).isEqualTo(MESSAGES / POISON_EACH);
        assertThat(seen + poison).as("messages that ended").isEqualTo(MESSAGES);
    }
}
