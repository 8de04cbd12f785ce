package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.Ordering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lanes beside a model of them: for each key a list of what is left of it. */
class RandomLanesTest {

    private static final int STEPS = 3_000;
    private static final int KEYS = 7;
    private static final int PARTITIONS = 3;
    private static final int NO_KEY = -1;

    private final Lanes<Parcel> lanes = new Lanes<>(Ordering.KEY);
    private final Map<Integer, List<Parcel>> left = new HashMap<>();
    private final Set<Parcel> withdrawn = new HashSet<>();
    private final Set<Parcel> all = new HashSet<>();
    private final List<Held<Parcel>> taken = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int last;

    static List<Long> seeds() {
        return new Random().longs(200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMessageIsWorkedOnAloneInItsKeyAndInItsTurn(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            checkCounts();
        }
        finishEverything();

        assertThat(all).as("what was neither finished nor withdrawn").isEmpty();
        assertThat(lanes.size()).isZero();
        assertThat(lanes.busy()).isZero();
        assertThat(lanes.ready()).isZero();
        assertThat(lanes.nextDue()).isEmpty();
    }

    private void step(Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> add(random.nextInt(KEYS + 1) - 1, random.nextInt(PARTITIONS));
            case 4, 5, 6 -> take(1 + random.nextInt(3));
            case 7, 8 -> end(random, random.nextInt(5));
            case 9 -> end(random, 5);
            case 10 -> wake(random.nextInt(20));
            default -> {
                if (random.nextInt(20) == 0) {
                    withdraw(random.nextInt(PARTITIONS));
                }
            }
        }
    }

    private void add(int key, int partition) {
        Parcel parcel = new Parcel(++last, partition, key == NO_KEY ? null : "k" + key, null);
        lanes.add(parcel);
        all.add(parcel);
        left.computeIfAbsent(laneOf(parcel), k -> new ArrayList<>()).add(parcel);
    }

    /** Those without a key have lanes of their own. */
    private static int laneOf(Parcel parcel) {
        return parcel.key().map(key -> Integer.parseInt(key.substring(1))).orElse(-parcel.number);
    }

    private void take(int most) {
        for (Held<Parcel> held : lanes.take(most)) {
            Parcel parcel = held.delivery();
            assertThat(left.get(laneOf(parcel)).get(0))
                    .as("the first that is left of its key")
                    .isSameAs(parcel);
            assertThat(taken).as("who is at work").noneMatch(other -> laneOf(other.delivery()) == laneOf(parcel));
            assertThat(held.due()).as("its time has come").isBeforeOrEqualTo(now);
            assertThat(withdrawn).doesNotContain(parcel);
            taken.add(held);
        }
    }

    private void end(Random random, int how) {
        if (taken.isEmpty()) {
            return;
        }
        Held<Parcel> held = taken.remove(random.nextInt(taken.size()));
        switch (how) {
            case 0, 1 -> finish(held);
            case 2, 3 -> {
                lanes.waitUntil(held, now.plusSeconds(random.nextInt(30)));
                forgetIfWithdrawn(held);
            }
            default -> {
                lanes.giveBack(held);
                forgetIfWithdrawn(held);
            }
        }
    }

    private void finish(Held<Parcel> held) {
        lanes.finish(held);
        forget(held.delivery());
    }

    private void forgetIfWithdrawn(Held<Parcel> held) {
        assertThat(held.isWithdrawn()).isEqualTo(withdrawn.contains(held.delivery()));
        if (held.isWithdrawn()) {
            forget(held.delivery());
        }
    }

    private void forget(Parcel parcel) {
        assertThat(all.remove(parcel)).as("is there once").isTrue();
        withdrawn.remove(parcel);
        left.get(laneOf(parcel)).remove(parcel);
    }

    private void wake(int seconds) {
        now = now.plusSeconds(seconds);
        lanes.wakeDue(now);
    }

    private void withdraw(int partition) {
        lanes.withdraw(parcel -> parcel.partition == partition);
        Set<Parcel> busy = new HashSet<>();
        taken.forEach(held -> busy.add(held.delivery()));
        for (Parcel parcel : List.copyOf(all)) {
            if (parcel.partition == partition) {
                if (busy.contains(parcel)) {
                    withdrawn.add(parcel);
                } else {
                    forget(parcel);
                }
            }
        }
    }

    private void checkCounts() {
        assertThat(lanes.size()).isEqualTo(all.size());
        assertThat(lanes.busy()).isEqualTo(taken.size());
    }

    private void finishEverything() {
        List.copyOf(taken).forEach(this::finish);
        taken.clear();
        now = now.plusSeconds(60);
        lanes.wakeDue(now);
        while (lanes.ready() > 0) {
            take(10);
            List.copyOf(taken).forEach(this::finish);
            taken.clear();
        }
    }
}
