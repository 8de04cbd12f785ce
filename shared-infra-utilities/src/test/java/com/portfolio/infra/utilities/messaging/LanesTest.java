package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.Ordering;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Lanes<Parcel> lanes = new Lanes<>(Ordering.KEY);

    @Test
    void messagesOfOneKeyAreTakenOneAfterTheOther() {
        add("a", 1, 2);

        List<Held<Parcel>> first = lanes.take(10);

        assertThat(numbers(first)).containsExactly(1);
        assertThat(lanes.take(10)).isEmpty();
        lanes.finish(first.get(0));
        assertThat(numbers(lanes.take(10))).containsExactly(2);
    }

    @Test
    void messagesOfOtherKeysAndWithoutKeyAreTakenTogether() {
        add("a", 1);
        add("b", 2);
        lanes.add(new Parcel(3, null));
        lanes.add(new Parcel(4, null));

        assertThat(numbers(lanes.take(3))).containsExactly(1, 2, 3);
        assertThat(numbers(lanes.take(3))).containsExactly(4);
    }

    @Test
    void withoutOrderMessagesOfOneKeyAreTakenTogether() {
        Lanes<Parcel> unordered = new Lanes<>(Ordering.UNORDERED);
        unordered.add(new Parcel(1, "a"));
        unordered.add(new Parcel(2, "a"));

        assertThat(numbers(unordered.take(2))).containsExactly(1, 2);
    }

    @Test
    void aKeyWithManyMessagesHoldsNoOtherUp() {
        add("a", 1, 2, 3);
        add("b", 4, 5);

        assertThat(order(5)).containsExactly(1, 4, 2, 5, 3);
    }

    @Test
    void whatWasGivenBackComesFirst() {
        add("a", 1);
        add("b", 2);
        add("c", 3);

        lanes.giveBack(lanes.take(1).get(0));

        assertThat(numbers(lanes.take(3))).containsExactly(1, 2, 3);
    }

    @Test
    void aMessageThatWaitsHoldsItsKeyAndNoOther() {
        add("a", 1, 2);
        add("b", 3);
        Held<Parcel> first = lanes.take(1).get(0);

        lanes.waitUntil(first, START.plusSeconds(1));

        assertThat(numbers(lanes.take(5))).containsExactly(3);
        assertThat(lanes.nextDue()).contains(START.plusSeconds(1));
        lanes.wakeDue(START.plusMillis(999));
        assertThat(lanes.take(5)).isEmpty();
        lanes.wakeDue(START.plusSeconds(1));
        assertThat(numbers(lanes.take(5))).containsExactly(1);
    }

    @Test
    void whoeverIsDueFirstGoesOnFirst() {
        add("a", 1);
        add("b", 2);
        List<Held<Parcel>> both = lanes.take(2);
        lanes.waitUntil(both.get(0), START.plusSeconds(2));
        lanes.waitUntil(both.get(1), START.plusSeconds(1));

        lanes.wakeDue(START.plusSeconds(2));

        assertThat(numbers(lanes.take(2))).containsExactly(2, 1);
    }

    @Test
    void everythingThatIsHeldIsCounted() {
        add("a", 1, 2);
        add("b", 3);
        List<Held<Parcel>> both = lanes.take(2);

        assertThat(lanes.size()).isEqualTo(3);
        assertThat(lanes.busy()).isEqualTo(2);
        lanes.finish(both.get(0));
        lanes.waitUntil(both.get(1), START);
        assertThat(lanes.size()).isEqualTo(2);
        assertThat(lanes.busy()).isZero();
    }

    @Test
    void whatIsWithdrawnIsForgotten() {
        add("a", 1, 2, 3);

        lanes.withdraw(parcel -> parcel.number == 1 || parcel.number == 2);

        assertThat(lanes.size()).isEqualTo(1);
        assertThat(order(1)).containsExactly(3);
    }

    @Test
    void whoIsAtWorkOnAWithdrawnMessageStillHoldsItsKey() {
        add("a", 1, 2);
        Held<Parcel> first = lanes.take(1).get(0);

        lanes.withdraw(parcel -> parcel.number == 1);
        add("a", 3);

        assertThat(first.isWithdrawn()).isTrue();
        assertThat(lanes.take(1)).isEmpty();
        lanes.finish(first);
        assertThat(order(2)).containsExactly(2, 3);
        assertThat(lanes.size()).isZero();
    }

    @Test
    void aWithdrawnMessageNeitherWaitsNorComesBack() {
        add("a", 1, 2);
        add("b", 3, 4);
        List<Held<Parcel>> both = lanes.take(2);
        lanes.withdraw(parcel -> parcel.number == 1 || parcel.number == 3);

        lanes.waitUntil(both.get(0), START.plusSeconds(1));
        lanes.giveBack(both.get(1));

        assertThat(lanes.nextDue()).isEmpty();
        assertThat(numbers(lanes.take(5))).containsExactlyInAnyOrder(2, 4);
        assertThat(lanes.size()).isEqualTo(2);
    }

    @Test
    void theOneBehindAWithdrawnMessageDoesNotWaitForItsTime() {
        add("a", 1, 2);
        add("b", 3);
        List<Held<Parcel>> both = lanes.take(2);
        lanes.waitUntil(both.get(0), START.plusSeconds(1));
        lanes.waitUntil(both.get(1), START.plusSeconds(2));

        lanes.withdraw(parcel -> parcel.number == 1);

        assertThat(numbers(lanes.take(5))).containsExactly(2);
        assertThat(lanes.nextDue()).contains(START.plusSeconds(2));
    }

    private void add(String key, int... numbers) {
        for (int number : numbers) {
            lanes.add(new Parcel(number, key));
        }
    }

    /** The order in which one worker takes and finishes so many messages. */
    private List<Integer> order(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> {
                    Held<Parcel> held = lanes.take(1).get(0);
                    lanes.finish(held);
                    return held.delivery().number;
                })
                .toList();
    }

    private static List<Integer> numbers(List<Held<Parcel>> taken) {
        return taken.stream().map(held -> held.delivery().number).toList();
    }
}
