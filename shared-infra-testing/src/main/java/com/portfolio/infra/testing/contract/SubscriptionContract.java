package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.utilities.eventing.Backoff;
import com.portfolio.infra.utilities.eventing.CatchUpRequest;
import com.portfolio.infra.utilities.eventing.CatchUpStart;
import com.portfolio.infra.utilities.eventing.CatchUpState;
import com.portfolio.infra.utilities.eventing.CatchUpSubscription;
import com.portfolio.infra.utilities.eventing.CatchUpSubscriptions;
import com.portfolio.infra.utilities.eventing.HandlerRetry;
import com.portfolio.infra.utilities.eventing.ParkedEvent;
import com.portfolio.infra.utilities.eventing.RecordedEventHandler;
import com.portfolio.infra.utilities.eventing.WhenExhausted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** EL.4, EL.5, EL.6 and EL.8: catch-up subscriptions over this log. */
@DisplayNameGeneration(RuleNames.class)
public abstract class SubscriptionContract {

    private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(50));

    private final String category = Unique.category();
    private final String stream = category + "-1";
    private final List<Long> seen = new CopyOnWriteArrayList<>();
    private final List<CatchUpSubscriptions> opened = new CopyOnWriteArrayList<>();

    protected abstract EventStoreFixture fixture();

    @AfterEach
    void closeSubscriptions() {
        opened.forEach(CatchUpSubscriptions::close);
    }

    private EventStore store() {
        return fixture().store();
    }

    private EventLog log() {
        return fixture().log();
    }

    private Position append(long first, long last) {
        return store().append(
                        stream,
                        LongStream.rangeClosed(first, last)
                                .mapToObj(Counted::new)
                                .toList())
                .lastPosition()
                .orElseThrow();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private void see(RecordedEvent event) {
        seen.add(event.payload(Counted.class).number());
    }

    private CatchUpRequest request(RecordedEventHandler handler) {
        return CatchUpRequest.forEach(category, handler)
                .matching(LogFilter.ofCategories(category))
                .reconnect(SHORT)
                .awaitTimeout(Duration.ofMillis(200));
    }

    private CatchUpStart here() {
        return CatchUpStart.after(new Checkpoint(log().id(), log().head()));
    }

    private CatchUpSubscription start(CatchUpRequest request) {
        CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(log());
        opened.add(subscriptions);
        return subscriptions.start(request);
    }

    private void reaches(CatchUpSubscription subscription, Position position) throws InterruptedException {
        assertThat(subscription.awaitPosition(position, fixture().patience()))
                .as("that the subscription reaches %s; it is %s", position, subscription.status())
                .isTrue();
    }

    @Test
    void el4_aSubscriptionFromTheBeginningGetsWhatWasThereAndWhatComesWithoutAGap() throws InterruptedException {
        append(1, 5);
        CatchUpSubscription subscription = start(request(this::see).pageSize(2));
        reaches(subscription, append(6, 10));

        assertThat(seen).isEqualTo(range(1, 10));
        assertThat(subscription.awaitLive(fixture().patience())).isTrue();
        reaches(subscription, append(11, 12));
        assertThat(seen).isEqualTo(range(1, 12));
    }

    @Test
    void el4_aSubscriptionFromTheEndGetsOnlyWhatComes() throws InterruptedException {
        append(1, 5);
        CatchUpSubscription subscription = start(request(this::see).from(CatchUpStart.end()));
        assertThat(subscription.awaitLive(fixture().patience())).isTrue();
        reaches(subscription, append(6, 7));

        assertThat(seen).isEqualTo(range(6, 7));
    }

    @Test
    void el4_aSubscriptionAfterACheckpointGoesOnBehindIt() throws InterruptedException {
        Position third = append(1, 3);
        Position last = append(4, 6);
        CatchUpSubscription subscription =
                start(request(this::see).from(CatchUpStart.after(new Checkpoint(log().id(), third))));
        reaches(subscription, last);

        assertThat(seen).isEqualTo(range(4, 6));
    }

    @Test
    void el4_eventsAreDeliveredInOrderWhileManyWritersAppend() throws InterruptedException {
        int writers = 4;
        int each = 25;
        List<RecordedEvent> delivered = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription =
                start(request(delivered::add).from(here()).pageSize(7));
        List<Position> last = Racing.values(writers, writer -> () -> {
            Position position = Position.START;
            for (int i = 0; i < each; i++) {
                position = store().append(category + "-" + writer, List.of(new Counted(i)))
                        .lastPosition()
                        .orElseThrow();
            }
            return position;
        });
        for (Position position : last) {
            reaches(subscription, position);
        }

        assertThat(delivered)
                .hasSize(writers * each)
                .doesNotHaveDuplicates()
                .extracting(RecordedEvent::position)
                .isSorted();
    }

    @Test
    void el4_anOpenAppendIsNotPassedBy() throws InterruptedException {
        CatchUpSubscription subscription = start(request(this::see).from(here()));
        if (fixture().openAppends().isPresent()) {
            try (OpenAppend open = fixture()
                    .openAppends()
                    .get()
                    .open(AppendRequest.of(category + "-2", ExpectedVersion.any(), List.of(new Counted(1))))) {
                append(2, 2);
                assertThat(subscription.awaitPosition(open.result().positions().get(0), Duration.ofMillis(100)))
                        .isFalse();
                open.commit();
            }
        } else {
            store().append(category + "-2", List.of(new Counted(1)));
            append(2, 2);
        }
        reaches(subscription, append(3, 3));

        assertThat(seen).isEqualTo(range(1, 3));
    }

    @Test
    void el4_aSubscriptionKeepsGoingThroughAnOutageOfTheLog() throws InterruptedException {
        CatchUpSubscription subscription = start(request(this::see).from(here()));
        reaches(subscription, append(1, 2));
        fixture().outages().ifPresent(outages -> {
            Runnable end = outages.begin();
            Eventually.within(fixture().patience())
                    .holds(
                            "the subscription noticed",
                            () -> subscription.status().lastError().isPresent());
            end.run();
        });
        reaches(subscription, append(3, 4));

        assertThat(seen).isEqualTo(range(1, 4));
    }

    @Test
    void el5_theCheckpointMovesPastEventsThatWereFilteredOut() throws InterruptedException {
        List<Checkpoint> progress = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = start(request(this::see).from(here()).onProgress(progress::add));
        Position other = store().append(Unique.stream(), List.of(new Counted(9)))
                .lastPosition()
                .orElseThrow();
        reaches(subscription, other);

        assertThat(seen).isEmpty();
        Eventually.within(fixture().patience())
                .pass(() -> assertThat(progress)
                        .anySatisfy(reached -> assertThat(reached.position()).isGreaterThanOrEqualTo(other)));
    }

    @Test
    void el6_aSubscriptionWithACheckpointOfAnotherLogStopsAndSaysWhy() {
        Position position = append(1, 1);
        CatchUpSubscription subscription =
                start(request(this::see).from(CatchUpStart.after(new Checkpoint(new LogId("another"), position))));

        Eventually.within(fixture().patience())
                .get("the state", () -> subscription.status().state(), CatchUpState.FAILED::equals);
        assertThat(subscription.status().lastError()).containsInstanceOf(CheckpointRefusedException.class);
        assertThat(seen).isEmpty();
    }

    @Test
    void el8_aHandlerThatThrowsIsTriedAgainWithTheSameEvent() throws InterruptedException {
        List<Long> tried = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = start(request(event -> {
                    long number = event.payload(Counted.class).number();
                    tried.add(number);
                    if (number == 2 && tried.size() < 4) {
                        throw new IllegalStateException("on purpose");
                    }
                    see(event);
                })
                .from(here())
                .retry(new HandlerRetry(5, SHORT)));
        reaches(subscription, append(1, 3));

        assertThat(tried).containsExactly(1L, 2L, 2L, 2L, 3L);
        assertThat(seen).isEqualTo(range(1, 3));
    }

    private void seeAllBut(RecordedEvent event, long refused) {
        if (event.payload(Counted.class).number() == refused) {
            throw new IllegalStateException("on purpose");
        }
        see(event);
    }

    @Test
    void el8_aSubscriptionWhoseHandlerGoesOnThrowingStopsBeforeTheEvent() {
        CatchUpSubscription subscription =
                start(request(event -> seeAllBut(event, 2)).from(here()).retry(new HandlerRetry(2, SHORT)));
        Position last = append(1, 3);

        Eventually.within(fixture().patience())
                .get("the state", () -> subscription.status().state(), CatchUpState.FAILED::equals);
        assertThat(seen).containsExactly(1L);
        assertThat(subscription.status().lastError()).isPresent();
        assertThat(subscription.status().checkpoint())
                .hasValueSatisfying(reached -> assertThat(reached.position()).isLessThan(last));
    }

    @Test
    void el8_aSubscriptionCanParkTheEventAndGoOn() throws InterruptedException {
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = start(request(event -> seeAllBut(event, 2))
                .from(here())
                .retry(new HandlerRetry(2, SHORT))
                .whenExhausted(WhenExhausted.park(parked::add)));
        reaches(subscription, append(1, 3));

        assertThat(seen).containsExactly(1L, 3L);
        assertThat(parked).singleElement().satisfies(one -> {
            assertThat(one.event().payload()).isEqualTo(new Counted(2));
            assertThat(one.failure()).hasMessageContaining("on purpose");
        });
        assertThat(subscription.status().parked()).isEqualTo(1);
    }
}
