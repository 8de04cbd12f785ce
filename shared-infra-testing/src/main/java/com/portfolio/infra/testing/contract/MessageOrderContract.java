package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.Ordering;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MB.3: what is handled in order, and what side by side. */
public abstract class MessageOrderContract extends MessageBusKit {

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void mb3_messagesOfAKeyAreHandledInTheirOrderAndNeverTwoAtATime() {
        Set<String> busy = ConcurrentHashMap.newKeySet();
        AtomicInteger overlaps = new AtomicInteger();
        Heard heard = heard((message, context) -> {
            String key = message.data().aggregateId();
            if (!busy.add(key)) {
                overlaps.incrementAndGet();
            }
            LockSupport.parkNanos(50_000);
            busy.remove(key);
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        subscribe(bus, request().concurrency(16), heard);
        for (int key = 0; key < 10; key++) {
            publish(bus, "o-" + key, key * 100 + 1, key * 100 + 100);
        }

        heard.awaitDistinct(1_000);
        assertThat(overlaps).hasValue(0);
        heard.firstByKey()
                .values()
                .forEach(order -> assertThat(order).isEqualTo(numbers(order.get(0), order.get(0) + 99)));
    }

    @Test
    void mb3_differentKeysAreHandledSideBySideUpToTheConcurrency() throws Exception {
        int concurrency = 4;
        CyclicBarrier together = new CyclicBarrier(concurrency);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Heard heard = heard((message, context) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            together.await(patience().toSeconds(), TimeUnit.SECONDS);
            running.decrementAndGet();
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        subscribe(bus, request().concurrency(concurrency), heard);

        for (int key = 0; key < 4 * concurrency; key++) {
            publish(bus, new Placed("o-" + key, key));
        }

        heard.awaitDistinct(4 * concurrency);
        eventually().get("what runs", running::get, left -> left == 0);
        assertThat(most).hasValue(concurrency);
    }

    @Test
    void mb3_aKeyThatIsHeldUpHoldsNoOtherUp() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Heard heard = heard((message, context) -> {
            if (message.data().aggregateId().equals("hot")) {
                gate.await();
            }
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        subscribe(bus, request().concurrency(2).maxInFlight(64), heard);
        publish(bus, "hot", 1, 20);
        for (int key = 0; key < 20; key++) {
            publish(bus, new Placed("o-" + key, 100 + key));
        }

        try {
            eventually().pass(() -> assertThat(heard.distinct()).containsAll(numbers(100, 119)));
            assertThat(heard.of(2)).isEmpty();
        } finally {
            gate.countDown();
        }
        heard.awaitDistinct(40);
        assertThat(heard.firstByKey().get("hot")).isEqualTo(numbers(1, 20));
    }

    @Test
    void mb3_aRetryKeepsTheOrderOfItsKey() {
        Heard heard = heard((message, context) -> {
            if (message.data().number() % 3 == 0 && context.attempt() == 1) {
                throw new IllegalStateException("not yet");
            }
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);

        publish(bus, "o-1", 1, 9);

        heard.awaitCalls(12);
        assertThat(heard.numbers()).containsExactly(1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9);
    }

    @Test
    void mb3_aDeadLetterLeavesTheOrder() {
        Heard heard = heard((message, context) ->
                message.data().number() == 2 ? HandlerResult.deadLetter("no use") : HandlerResult.ack());
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);

        publish(bus, "o-1", 1, 4);

        heard.awaitDistinct(4);
        assertThat(heard.numbers()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void mb3_withoutAnOrderMessagesOfAKeyAreHandledSideBySide() {
        CyclicBarrier together = new CyclicBarrier(2);
        Heard heard = heard((message, context) -> {
            together.await(patience().toSeconds(), TimeUnit.SECONDS);
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        subscribe(bus, request().ordering(Ordering.UNORDERED).concurrency(2), heard);

        publish(bus, "o-1", 1, 4);

        heard.awaitDistinct(4);
    }

    @Test
    void mb3_membersThatComeAndGoKeepTheOrderAndRepeatASuffixAtMost() {
        Heard heard = heard();
        MessageBus shop = open("shop");
        MessageBus stays = open("billing");
        subscribe(stays, request(), heard);
        int sent = 0;
        for (int round = 0; round < 4; round++) {
            MessageBus comes = open("billing");
            subscribe(comes, request(), heard);
            for (int key = 0; key < 5; key++) {
                publish(shop, "o-" + key, round * 100 + key * 20, round * 100 + key * 20 + 19);
                sent += 20;
            }
            comes.close();
        }

        heard.awaitDistinct(sent);
        Map<String, List<Integer>> byKey = heard.firstByKey();
        assertThat(byKey).hasSize(5);
        byKey.values().forEach(order -> assertThat(order).isSorted());
    }
}
