package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker who took several messages at once and is slow with one of them. */
class ReliefTest {

    private static final SubscriptionRequest<Numbered> REQUEST =
            SubscriptionRequest.builder(Numbered.class).concurrency(1).build();

    private final Desk<Parcel> desk = new Desk<>(REQUEST, Clock.systemUTC(), Duration.ofMillis(20));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch door = new CountDownLatch(1);
    private final List<Parcel> parcels = IntStream.range(0, 10)
            .mapToObj(number -> new Parcel(number, "k" + number))
            .toList();

    private Handling<Parcel> handling(int slow) {
        HandlerCall<Parcel, Numbered> call = new HandlerCall<>(Numbered::decode, (message, context) -> {
            if (message.data().number() == slow) {
                begun.countDown();
                door.await();
            }
            return HandlerResult.ack();
        });
        return new Handling<>(
                "readers",
                Duration.ofMinutes(1),
                call,
                new Judge(REQUEST, Random::new),
                (parcel, attempts, failure) -> CompletableFuture.completedStage("stored"),
                desk,
                Clock.systemUTC());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9})
    void othersTakeOverWhatItHasNotBegunAndWhatItIsDoneWith(int slow) throws Exception {
        Handling<Parcel> handling = handling(slow);
        Handling.Bench<Parcel> bench = new Handling.Bench<>();
        desk.put(parcels, List.of());
        Batch<Parcel> batch = desk.take(32);
        assertThat(batch.size()).isEqualTo(10);
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> handling.work(batch, bench));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(desk.takeDone()).isEmpty();

        handling.relieve(bench);

        assertThat(desk.takeDone()).isEqualTo(parcels.subList(0, slow));
        List<Held<Parcel>> rest = new ArrayList<>();
        for (int i = slow + 1; i < 10; i++) {
            rest.add(desk.take(1).next());
        }
        assertThat(rest).extracting(Held::delivery).isEqualTo(parcels.subList(slow + 1, 10));
        door.countDown();
        working.get(30, TimeUnit.SECONDS);
        assertThat(desk.takeDone()).containsExactly(parcels.get(slow));
    }

    @Test
    void whoWasRelievedOfNothingGoesOn() throws Exception {
        Handling<Parcel> handling = handling(3);
        Handling.Bench<Parcel> bench = new Handling.Bench<>();
        handling.relieve(bench);
        desk.put(parcels.subList(3, 4), List.of());
        Batch<Parcel> alone = desk.take(32);
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> handling.work(alone, bench));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        handling.relieve(bench);
        door.countDown();
        working.get(30, TimeUnit.SECONDS);

        assertThat(desk.takeDone()).containsExactly(parcels.get(3));
    }
}
