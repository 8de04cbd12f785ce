package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventNotDecodableException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** EL.4, EL.5, EL.6 and EL.8, for the engine alone. */
class CatchUpSubscriptionsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    private final SmallLog log = new SmallLog();
    private final UnreliableLog unreliable = new UnreliableLog(log);
    private final CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(unreliable);
    private final List<Integer> seen = new CopyOnWriteArrayList<>();
    private final List<Checkpoint> reported = new CopyOnWriteArrayList<>();

    @AfterEach
    void noThreadStaysBehind() {
        subscriptions.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("subscription-"));
    }

    private CatchUpRequest each() {
        return quick(CatchUpRequest.forEach("each", event -> seen.add(number(event))));
    }

    private CatchUpRequest quick(CatchUpRequest request) {
        return request.reconnect(QUICK)
                .retry(new HandlerRetry(3, QUICK))
                .closeTimeout(LONG)
                .onProgress(reported::add);
    }

    private static int number(RecordedEvent event) {
        return event.payload(SmallLog.Happened.class).number();
    }

    private void append(int from, int to) {
        IntStream.range(from, to).forEach(n -> log.append("stream-" + n % 7, n));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static void live(CatchUpSubscription subscription) throws InterruptedException {
        assertThat(subscription.awaitLive(LONG)).isTrue();
    }

    private void done(CatchUpSubscription subscription) throws InterruptedException {
        assertThat(subscription.awaitPosition(log.head(), LONG)).isTrue();
    }

    private static void comesTo(CatchUpState state, CatchUpSubscription subscription) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> subscription.status().state() == state);
    }

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
    void aSubscriptionBeginsAtTheEnd() throws Exception {
        append(0, 10);
        CatchUpSubscription subscription = subscriptions.start(each().from(CatchUpStart.end()));
        live(subscription);
        append(10, 20);
        done(subscription);
        assertThat(seen).isEqualTo(numbers(10, 20));
    }

    @Test
    void aSubscriptionBeginsAfterACheckpoint() throws Exception {
        append(0, 10);
        Checkpoint checkpoint = new Checkpoint(log.id(), log.all().get(3).position());
        live(subscriptions.start(each().from(CatchUpStart.after(Optional.of(checkpoint)))));
        assertThat(seen).isEqualTo(numbers(4, 10));
    }

    @Test
    void aSubscriptionWithoutACheckpointYetBeginsAtTheBeginning() throws Exception {
        append(0, 3);
        live(subscriptions.start(each().from(CatchUpStart.after(Optional.empty()))));
        assertThat(seen).isEqualTo(numbers(0, 3));
    }

    @Test
    void aCheckpointMovesPastEventsThatWereFilteredOut() throws Exception {
        append(0, 100);
        log.append("other-1", 100);
        append(101, 200);
        List<EventBatch> batches = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = subscriptions.start(
                quick(CatchUpRequest.forBatches("batches", batches::add)).matching(LogFilter.ofCategories("other")));
        live(subscription);
        assertThat(batches.stream().flatMap(batch -> batch.events().stream()).map(CatchUpSubscriptionsTest::number))
                .containsExactly(100);
        assertThat(batches).filteredOn(batch -> batch.events().isEmpty()).isNotEmpty();
        assertThat(batches.get(batches.size() - 1).through()).isEqualTo(new Checkpoint(log.id(), log.head()));
        assertThat(subscription.status().checkpoint()).contains(new Checkpoint(log.id(), log.head()));
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
    void aHandlerThatFailsForAWhileIsTriedAgain() throws Exception {
        append(0, 5);
        AtomicInteger failures = new AtomicInteger(2);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            if (number(event) == 2 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            seen.add(number(event));
        })));
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 5));
        assertThat(subscription.status().lastError()).containsInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSubscriptionStopsBeforeTheEventThatItsHandlerCannotHandle() throws Exception {
        append(0, 5);
        AtomicInteger attempts = new AtomicInteger();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            if (number(event) == 2) {
                attempts.incrementAndGet();
                throw new IllegalStateException("never");
            }
            seen.add(number(event));
        })));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(attempts).hasValue(3);
        assertThat(seen).isEqualTo(numbers(0, 2));
        assertThat(subscription.status().checkpoint().orElseThrow().position())
                .isEqualTo(log.all().get(1).position());
        assertThat(subscription.status().lastError().orElseThrow())
                .isInstanceOf(HandlerFailedException.class)
                .hasMessageContaining("test.Happened v1 at version 1 of stream 'stream-2'")
                .hasRootCauseMessage("never");
        assertThatThrownBy(() -> subscription.awaitPosition(log.head(), LONG))
                .isInstanceOf(SubscriptionEndedException.class)
                .hasMessageContaining("Subscription 'each' is FAILED at position 6 and will not reach position 15");
        assertThat(subscription.health(0).check().status()).isEqualTo(HealthStatus.DOWN);
    }

    @Test
    void anEventThatCannotBeHandledIsParkedAndTheRestGoesOn() throws Exception {
        append(0, 5);
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        AtomicInteger parkFailures = new AtomicInteger(2);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    if (number(event) == 2) {
                        throw new IllegalStateException("never");
                    }
                    seen.add(number(event));
                }))
                .whenExhausted(WhenExhausted.park(event -> {
                    if (parkFailures.getAndDecrement() > 0) {
                        throw new IllegalStateException("no room yet");
                    }
                    parked.add(event);
                })));
        live(subscription);
        assertThat(seen).containsExactly(0, 1, 3, 4);
        assertThat(parked).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo(log.all().get(2));
            assertThat(event.subscription()).isEqualTo("each");
            assertThat(event.failure()).hasMessage("never");
        });
        assertThat(subscription.status().parked()).isEqualTo(1);
        assertThat(subscription.health(0).check().details()).containsEntry("parked", 1L);
    }

    @Test
    void aSubscriptionStopsIfAnEventCanNeitherBeHandledNorParked() {
        append(0, 2);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    throw new IllegalStateException("never");
                }))
                .whenExhausted(WhenExhausted.park(event -> {
                    throw new IllegalStateException("no room");
                })));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(subscription.status().parked()).isZero();
        assertThat(subscription.status().checkpoint().orElseThrow().position()).isEqualTo(Position.START);
    }

    @Test
    void theOneEventOfABatchThatCannotBeHandledIsFoundAndParked() throws Exception {
        append(0, 10);
        List<RecordedEvent> parked = new CopyOnWriteArrayList<>();
        List<Checkpoint> kept = new CopyOnWriteArrayList<>();
        live(subscriptions.start(quick(CatchUpRequest.forBatches("batches", batch -> {
                    if (batch.events().stream().anyMatch(event -> number(event) == 9)) {
                        throw new IllegalStateException("never");
                    }
                    batch.forEach(event -> seen.add(number(event)));
                    kept.add(batch.through());
                }))
                .whenExhausted(WhenExhausted.park(event -> parked.add(event.event())))));
        assertThat(parked).containsExactly(log.all().get(9));
        assertThat(seen).isEqualTo(numbers(0, 9));
        assertThat(kept.get(kept.size() - 1).position())
                .as("the checkpoint comes past it")
                .isEqualTo(log.head());
    }

    @Test
    void anEventThatCannotBeDecodedIsNotTriedAgain() throws Exception {
        log.append("a", new EncodedPayload(EventType.of("test.Unknown"), "{}"), Metadata.empty());
        AtomicInteger attempts = new AtomicInteger();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            attempts.incrementAndGet();
            event.payload();
        })));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(attempts).hasValue(1);
        assertThat(subscription.status().lastError().orElseThrow())
                .hasCauseInstanceOf(EventNotDecodableException.class);
    }

    @Test
    void anOutageBehindTheHandlerCountsAsNoAttempt() throws Exception {
        append(0, 3);
        AtomicInteger failures = new AtomicInteger(20);
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException(new EventStoreUnavailableException("away", null));
                    }
                    seen.add(number(event));
                }))
                .whenExhausted(WhenExhausted.park(parked::add)));
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 3));
        assertThat(parked).isEmpty();
    }

    @Test
    void aCheckpointThatAnotherMovedStopsTheSubscriptionAndParksNothing() {
        append(0, 3);
        AtomicInteger attempts = new AtomicInteger();
        List<ParkedEvent> parked = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forBatches("batches", batch -> {
                    attempts.incrementAndGet();
                    throw new CheckpointConflictException("p", Optional.empty(), Optional.of(batch.through()));
                }))
                .whenExhausted(WhenExhausted.park(parked::add)));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(attempts).hasValue(1);
        assertThat(parked).isEmpty();
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
    void lossOfTheLogIsSurvivedWithoutAGap() throws Exception {
        append(0, 20);
        CatchUpSubscription subscription = subscriptions.start(each().awaitTimeout(Duration.ofMillis(20)));
        live(subscription);
        unreliable.fail(() -> new EventStoreUnavailableException("away", null));
        comesTo(CatchUpState.RECONNECTING, subscription);
        assertThat(subscription.health(0).check().status()).isEqualTo(HealthStatus.DEGRADED);
        append(20, 40);
        unreliable.work();
        done(subscription);
        assertThat(seen).isEqualTo(numbers(0, 40));
        live(subscription);
        assertThat(subscription.health(0).check().status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void aSubscriptionStartsWithoutTheLogAndBeginsWhenItIsThere() throws Exception {
        append(0, 5);
        unreliable.fail(() -> new EventStoreUnavailableException("not yet", null));
        CatchUpSubscription subscription = subscriptions.start(each());
        comesTo(CatchUpState.RECONNECTING, subscription);
        assertThat(subscription.status().checkpoint()).isEmpty();
        unreliable.work();
        live(subscription);
        assertThat(seen).isEqualTo(numbers(0, 5));
    }

    @Test
    void aLogThatFailsForGoodStopsTheSubscription() {
        unreliable.fail(() -> new EventStoreFailedException("no permission", null));
        CatchUpSubscription subscription = subscriptions.start(each());
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(subscription.status().lastError()).containsInstanceOf(EventStoreFailedException.class);
    }

    @Test
    void aCheckpointOfAnotherLogOrBeyondTheHeadIsRefused() {
        append(0, 5);
        for (Checkpoint checkpoint : List.of(
                new Checkpoint(new LogId("other"), Position.of(3)), new Checkpoint(log.id(), Position.of(1_000)))) {
            CatchUpSubscription subscription = subscriptions.start(each().from(CatchUpStart.after(checkpoint)));
            comesTo(CatchUpState.FAILED, subscription);
            assertThat(subscription.status().lastError()).containsInstanceOf(CheckpointRefusedException.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aRestoreUnderARunningSubscriptionIsNoticedWithoutALossOfConnection() throws Exception {
        append(0, 10);
        CatchUpSubscription subscription = subscriptions.start(each());
        live(subscription);
        log.restore("second", 10);
        append(100, 105);
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(subscription.status().lastError()).containsInstanceOf(CheckpointRefusedException.class);
        assertThat(seen).isEqualTo(numbers(0, 10));
    }

    @Test
    void aRestoreDuringALossOfConnectionIsNoticed() throws Exception {
        append(0, 10);
        CatchUpSubscription subscription = subscriptions.start(each().awaitTimeout(Duration.ofMillis(20)));
        live(subscription);
        unreliable.fail(() -> new EventStoreUnavailableException("away", null));
        comesTo(CatchUpState.RECONNECTING, subscription);
        log.restore("second", 5);
        unreliable.work();
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(seen).isEqualTo(numbers(0, 10));
    }

    @Test
    void closingLetsTheRunningHandlerFinishAndHandsOverNothingMore() throws Exception {
        append(0, 10);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            started.countDown();
            interrupted.set(!finish.await(20, TimeUnit.SECONDS));
            seen.add(number(event));
        })));
        started.await();
        Thread closing = new Thread(subscription::close);
        closing.start();
        await().atMost(LONG).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        finish.countDown();
        closing.join();
        assertThat(interrupted).isFalse();
        assertThat(seen).containsExactly(0);
        assertThat(subscription.status().state()).isEqualTo(CatchUpState.CLOSED);
        assertThat(reported)
                .as("what is done with is reported before the end")
                .containsExactly(new Checkpoint(log.id(), log.all().get(0).position()));
        assertThatThrownBy(() -> subscription.awaitLive(LONG)).isInstanceOf(SubscriptionEndedException.class);
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
    void aHandlerThatTakesTooLongIsInterruptedAndItsEventIsNotDoneWith() throws Exception {
        append(0, 2);
        CountDownLatch started = new CountDownLatch(1);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
                    started.countDown();
                    new CountDownLatch(1).await();
                }))
                .closeTimeout(Duration.ofMillis(50)));
        started.await();
        subscription.close();
        comesTo(
                CatchUpState.CLOSED,
                subscription); // an interrupted handler may need longer to end than it is waited for
        assertThat(subscription.status().handled()).isZero();
        assertThat(reported).isEmpty();
    }

    @Test
    void aSubscriptionThatWaitsClosesAtOnce() throws Exception {
        CatchUpSubscription waiting = subscriptions.start(each().awaitTimeout(Duration.ofHours(1)));
        live(waiting);
        waiting.close();
        unreliable.fail(() -> new EventStoreUnavailableException("away", null));
        CatchUpSubscription reconnecting =
                subscriptions.start(each().reconnect(new Backoff(Duration.ofHours(1), Duration.ofHours(1))));
        comesTo(CatchUpState.RECONNECTING, reconnecting);
        reconnecting.close();
        unreliable.work();
        append(0, 1);
        CatchUpSubscription retrying = subscriptions.start(CatchUpRequest.forEach("retrying", event -> {
                    throw new IllegalStateException("never");
                })
                .retry(new HandlerRetry(2, new Backoff(Duration.ofHours(1), Duration.ofHours(1)))));
        comesTo(CatchUpState.RETRYING, retrying);
        assertThat(retrying.health(0).check().status()).isEqualTo(HealthStatus.DEGRADED);
        retrying.close();
        assertThat(retrying.status().state()).isEqualTo(CatchUpState.CLOSED);
    }

    @Test
    void aHandlerMayCloseItsOwnSubscription() throws Exception {
        append(0, 5);
        CatchUpSubscription subscription = subscriptions.start(quick(CatchUpRequest.forEach("each", event -> {
            seen.add(number(event));
            subscriptions.all().get(0).close();
        })));
        comesTo(CatchUpState.CLOSED, subscription);
        assertThat(seen).containsExactly(0);
        subscription.close();
    }

    @Test
    void nothingIsHandedOverDuringAPause() throws Exception {
        append(0, 5);
        CatchUpSubscription subscription = subscriptions.start(each().awaitTimeout(Duration.ofHours(1)));
        live(subscription);
        subscription.pause();
        comesTo(CatchUpState.PAUSED, subscription);
        append(5, 10);
        assertThat(subscription.awaitPosition(log.head(), Duration.ofMillis(50)))
                .isFalse();
        assertThat(seen).isEqualTo(numbers(0, 5));
        subscription.resume();
        done(subscription);
        assertThat(seen).isEqualTo(numbers(0, 10));
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
    void twoSubscriptionsOfOneNameDoNotRunBesideEachOther() throws Exception {
        CatchUpSubscription first = subscriptions.start(each());
        assertThatThrownBy(() -> subscriptions.start(each()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'each'");
        first.close();
        live(subscriptions.start(each()));
        assertThat(subscriptions.all()).hasSize(1);
    }

    @Test
    void aCheckpointThatCannotBeKeptStopsTheSubscription() {
        append(0, 3);
        CatchUpSubscription subscription = subscriptions.start(each().onProgress(checkpoint -> {
            throw new IllegalStateException("no room");
        }));
        comesTo(CatchUpState.FAILED, subscription);
        assertThat(subscription.status().lastError().orElseThrow()).hasMessageContaining("could not be kept");
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

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> each().pageSize(0)).hasMessageContaining("page size");
        assertThatThrownBy(() -> CatchUpRequest.forEach(" ", event -> {})).hasMessageContaining("name");
        assertThatThrownBy(() -> each().awaitTimeout(Duration.ZERO)).hasMessageContaining("positive");
        assertThatThrownBy(() -> HandlerRetry.attempts(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("not shorter");
    }
}
