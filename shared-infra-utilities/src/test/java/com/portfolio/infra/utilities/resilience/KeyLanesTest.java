package com.portfolio.infra.utilities.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyLanesTest {

    private final KeyLanes lanes = new KeyLanes(100_000, Runnable::run);
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @Test
    void workOfOneKeyWaitsAndThatOfOthersDoesNot() {
        lanes.enter("a", () -> begun.add("a1"));
        lanes.enter("a", () -> begun.add("a2"));
        lanes.enter("b", () -> begun.add("b1"));
        assertThat(begun).containsExactly("a1", "b1");

        lanes.leave("a");
        assertThat(begun).containsExactly("a1", "b1", "a2");
        lanes.leave("a");
        lanes.leave("b");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void workThatEndsAtOnceDoesNotNest() {
        lanes.enter("a", () -> begun.add("first"));
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 50_000; i++) {
            lanes.enter("a", () -> {
                done.incrementAndGet();
                lanes.leave("a");
            });
        }

        lanes.leave("a");

        assertThat(done).hasValue(50_000);
        assertThat(lanes.size()).isZero();
    }

    @Test
    void whatIsTooMuchIsRefused() {
        KeyLanes small = new KeyLanes(1, Runnable::run);

        assertThat(small.enter("a", () -> begun.add("1"))).isTrue();
        assertThat(small.enter("a", () -> begun.add("2"))).isTrue();
        assertThat(small.enter("a", () -> begun.add("3"))).isFalse();
        assertThat(small.enter("b", () -> begun.add("4")))
                .as("it need not wait")
                .isTrue();
        assertThat(begun).containsExactly("1", "4");
    }

    @Test
    void whatWaitsCanBeWithdrawnAndMakesRoom() {
        KeyLanes small = new KeyLanes(1, Runnable::run);
        Runnable first = () -> begun.add("1");
        Runnable second = () -> begun.add("2");
        assertThat(small.enter("a", first)).isTrue();
        assertThat(small.enter("a", second)).isTrue();

        assertThat(small.withdraw("a", first)).as("it has begun").isFalse();
        assertThat(small.withdraw("a", second)).isTrue();
        assertThat(small.withdraw("a", second)).isFalse();
        assertThat(small.enter("a", () -> begun.add("3"))).isTrue();
        small.leave("a");

        assertThat(begun).containsExactly("1", "3");
        small.leave("a");
        assertThat(small.withdraw("a", first)).isFalse();
        assertThat(small.size()).isZero();
    }

    @Test
    void whoEntersWorkThatEndsAtOnceDoesNotDoThatOfOthers() {
        List<Runnable> handedOver = new ArrayList<>();
        KeyLanes shared = new KeyLanes(10, handedOver::add);

        shared.enter("a", () -> {
            shared.enter("a", () -> begun.add("of another"));
            begun.add("own");
            shared.leave("a");
        });
        assertThat(begun).containsExactly("own");

        handedOver.forEach(Runnable::run);
        assertThat(begun).containsExactly("own", "of another");
        shared.leave("a");
        assertThat(shared.size()).isZero();
        assertThat(handedOver).hasSize(1);
    }

    @Test
    void orderHoldsWhoeverEndsTheWork() throws Exception {
        int keys = 5;
        int each = 2_000;
        Map<String, List<Integer>> order = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        ExecutorService enders = Executors.newFixedThreadPool(4);
        List<Thread> callers = new ArrayList<>();
        for (int k = 0; k < keys; k++) {
            String key = "key-" + k;
            Random random = new Random(k);
            order.put(key, new CopyOnWriteArrayList<>());
            running.put(key, new AtomicInteger());
            Thread caller = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    boolean atOnce = random.nextBoolean();
                    lanes.enter(key, () -> {
                        if (running.get(key).incrementAndGet() > 1) {
                            overlaps.incrementAndGet();
                        }
                        order.get(key).add(number);
                        Runnable end = () -> {
                            running.get(key).decrementAndGet();
                            lanes.leave(key);
                        };
                        if (atOnce) {
                            end.run();
                        } else {
                            enders.execute(end);
                        }
                    });
                }
            });
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        org.awaitility.Awaitility.await().atMost(Policies.PATIENCE).until(() -> lanes.size() == 0);
        enders.shutdown();

        assertThat(enders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        order.values().forEach(numbers -> assertThat(numbers).hasSize(each).isSorted());
    }
}
