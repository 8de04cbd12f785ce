package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** EL.4: in what order, in what pages and in what scope events are handed over, and how far behind that is. */
class FollowingTest extends CatchUpFixture {

    @Test
    void everythingIsHandedOverInOrderAndThenWhatIsNew() throws Exception {
        append(0, 100);
        CatchUpSubscription subscription = subscriptions.start(each().pageSize(7));
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 100));
        append(100, 150);
        done(subscription);
        assertThat(seen).isEqualTo(numbers(0, 150));
        assertThat(subscription.status().handled()).isEqualTo(150);
        assertThat(subscription.status().checkpoint()).contains(new Checkpoint(log.id(), log.head()));
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(reported.get(reported.size() - 1).position()).isEqualTo(log.head()));
    }

    @Test
    void aBatchHasAPageAtMost() throws Exception {
        append(0, 50);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        live(subscriptions.start(quick(CatchUpRequest.forBatches(
                        "batches", batch -> sizes.add(batch.events().size())))
                .pageSize(8)));
        assertThat(sizes).allMatch(size -> size <= 8).contains(8);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    }

    @Test
    void aHandlerRunsInTheScopeOfItsEvent() throws Exception {
        List<Metadata> scopes = new CopyOnWriteArrayList<>();
        RecordedEvent event = log.append(
                "a",
                new EncodedPayload(EventType.of("test.Happened"), "{\"number\":1}"),
                Metadata.of(Metadata.CORRELATION_ID, "request"));
        live(subscriptions.start(CatchUpRequest.forEach("scopes", e -> scopes.add(Correlation.current()))));
        assertThat(scopes)
                .containsExactly(Metadata.of(Metadata.CORRELATION_ID, "request")
                        .with(Metadata.CAUSATION_ID, event.id().toString()));
    }

    @Test
    void anInterruptThatAHandlerLeavesBehindDoesNoHarm() throws Exception {
        append(0, 5);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            seen.add(number(event));
            Thread.currentThread().interrupt();
        })));
        live(subscription);
        append(5, 8);
        done(subscription);
        assertThat(seen).isEqualTo(numbers(0, 8));
    }

    @Test
    void whileThereIsNothingNewNoPageIsRead() throws Exception {
        append(0, 3);
        AtomicInteger pages = new AtomicInteger();
        CountDownLatch waits = new CountDownLatch(50);
        EventLog counting = new EventLog() {
            @Override
            public LogPage read(LogQuery query) {
                pages.incrementAndGet();
                return log.read(query);
            }

            @Override
            public Position head() {
                return log.head();
            }

            @Override
            public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
                waits.countDown();
                return log.awaitBeyond(position, timeout);
            }

            @Override
            public LogId id() {
                return log.id();
            }
        };
        try (CatchUpSubscriptions following = new CatchUpSubscriptions(counting)) {
            CatchUpSubscription subscription = following.start(each().awaitTimeout(Duration.ofMillis(1)));
            live(subscription);
            int before = pages.get();
            waits.await();
            assertThat(pages).hasValue(before);
            append(3, 4);
            done(subscription);
        }
        assertThat(seen).isEqualTo(numbers(0, 4));
    }

    @Test
    void nothingIsReadAheadOfASlowHandlerButItsPage() throws Exception {
        int page = 10;
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch thirdRead = new CountDownLatch(3);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> ahead = new CopyOnWriteArrayList<>();
        unreliable.whileReading(() -> {
            reads.incrementAndGet();
            thirdRead.countDown();
        });
        append(0, 10 * page);

        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("slow", event -> {
                    ahead.add(reads.get() * page - number(event));
                    if (number(event) == page + page / 2) {
                        held.countDown();
                        goOn.await();
                    }
                }))
                .pageSize(page));
        try {
            assertThat(held.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(thirdRead.await(300, TimeUnit.MILLISECONDS))
                    .as("a third page is read while an event of the second is handled")
                    .isFalse();
            assertThat(reads).hasValue(2);
        } finally {
            goOn.countDown();
        }
        done(subscription);

        assertThat(ahead).hasSize(10 * page).allMatch(events -> events <= page);
    }

    @Test
    void aSubscriptionFarBehindIsDegraded() throws Exception {
        append(0, 10);
        CountDownLatch go = new CountDownLatch(1);
        CatchUpSubscription subscription =
                subscriptions.start(quick(CatchUpRequest.forEach("each", event -> go.await())));
        comesTo(CatchUpState.CATCHING_UP, subscription);
        assertThat(subscription.health(29).check())
                .satisfies(result -> assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED))
                .satisfies(result -> assertThat(result.details()).containsEntry("behind", 30L));
        assertThat(subscription.health(30).check().status()).isEqualTo(HealthStatus.UP);
        go.countDown();
        live(subscription);
    }
}
