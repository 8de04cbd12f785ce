package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What pausing and closing promise, whatever the subscription is doing at that moment. */
class PausingAndClosingTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    private final SmallLog log = new SmallLog();
    private final UnreliableLog unreliable = new UnreliableLog(log);
    private final CatchUpSubscriptions subscriptions = new CatchUpSubscriptions(unreliable);
    private final List<Integer> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayGoOn.countDown();
        subscriptions.close();
    }

    private static int number(RecordedEvent event) {
        return event.payload(SmallLog.Happened.class).number();
    }

    private CatchUpRequest batches() {
        return CatchUpRequest.forBatches("batches", batch -> batch.forEach(event -> seen.add(number(event))))
                .reconnect(QUICK)
                .awaitTimeout(Duration.ofHours(1))
                .closeTimeout(LONG);
    }

    private static void comesTo(CatchUpState state, CatchUpSubscription subscription) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> subscription.status().state() == state);
    }

    /** The read of a page takes until {@link #mayGoOn}. */
    private CatchUpSubscription startedAndReading(CatchUpRequest request) throws InterruptedException {
        unreliable.whileReading(() -> {
            reading.countDown();
            awaitUninterruptibly(mayGoOn);
        });
        CatchUpSubscription subscription = subscriptions.start(request);
        reading.await();
        return subscription;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("a read was interrupted", e);
        }
    }

    private Thread closingAndWaiting(CatchUpSubscription subscription) {
        Thread closing = new Thread(subscription::close);
        closing.start();
        await().atMost(LONG).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        return closing;
    }

    @Test
    void aPauseDuringAWaitIsNoOutageAlthoughTheWaitFails() throws Exception {
        CatchUpSubscription subscription = subscriptions.start(batches());
        assertThat(subscription.awaitLive(LONG)).isTrue();

        subscription.pause();
        comesTo(CatchUpState.PAUSED, subscription);
        log.append("a-1", 1);
        subscription.resume();

        assertThat(subscription.awaitPosition(log.head(), LONG)).isTrue();
        assertThat(subscription.status().lastError()).isEmpty();
    }

    @Test
    void closingDuringAWaitIsNoOutageAlthoughTheWaitFails() throws Exception {
        CatchUpSubscription subscription = subscriptions.start(batches());
        assertThat(subscription.awaitLive(LONG)).isTrue();

        subscription.close();

        assertThat(subscription.status().state()).isEqualTo(CatchUpState.CLOSED);
        assertThat(subscription.status().lastError()).isEmpty();
    }

    @Test
    void nothingIsHandedOverWhenAPauseComesWhileAPageIsRead() throws Exception {
        log.append("a-1", 1);
        CatchUpSubscription subscription = startedAndReading(batches());

        subscription.pause();
        mayGoOn.countDown();
        comesTo(CatchUpState.PAUSED, subscription);

        assertThat(seen).isEmpty();
        subscription.resume();
        assertThat(subscription.awaitPosition(log.head(), LONG)).isTrue();
        assertThat(seen).containsExactly(1);
    }

    @Test
    void nothingIsHandedOverWhenClosingBeginsWhileAPageIsRead() throws Exception {
        log.append("a-1", 1);
        CatchUpSubscription subscription = startedAndReading(batches());
        Thread closing = closingAndWaiting(subscription);

        mayGoOn.countDown();
        closing.join();

        assertThat(seen).isEmpty();
    }

    @Test
    void anEventIsNotParkedAgainBecauseClosingBeganMeanwhile() throws Exception {
        log.append("a-1", 1);
        CountDownLatch parking = new CountDownLatch(1);
        CatchUpSubscription subscription = subscriptions.start(CatchUpRequest.forBatches(
                        "batches",
                        batch -> batch.forEach(event -> {
                            throw new IllegalStateException("never");
                        }))
                .retry(new HandlerRetry(1, QUICK))
                .whenExhausted(WhenExhausted.park(event -> {
                    parking.countDown();
                    mayGoOn.await();
                })));
        parking.await();
        Thread closing = closingAndWaiting(subscription);
        mayGoOn.countDown();
        closing.join();

        assertThat(subscription.status().checkpoint().orElseThrow().position()).isEqualTo(log.head());
    }

    @Test
    void aLogThatGetsLostDuringClosingIsNoOutage() throws Exception {
        CatchUpSubscription subscription = startedAndReading(batches());
        Thread closing = closingAndWaiting(subscription);

        unreliable.fail(() -> new EventStoreUnavailableException("away", null));
        mayGoOn.countDown();
        closing.join();

        assertThat(subscription.status().state()).isEqualTo(CatchUpState.CLOSED);
        assertThat(subscription.status().lastError()).isEmpty();
    }

    @Test
    void aSubscriptionThatStopsWithinAPageReportsHowFarItCame() {
        for (int n = 1; n <= 5; n++) {
            log.append("a-1", n);
        }
        List<Checkpoint> reported = new CopyOnWriteArrayList<>();
        CatchUpSubscription subscription = subscriptions.start(CatchUpRequest.forEach("each", event -> {
                    if (number(event) == 4) {
                        throw new IllegalStateException("never");
                    }
                })
                .retry(new HandlerRetry(1, QUICK))
                .onProgress(reported::add));
        comesTo(CatchUpState.FAILED, subscription);

        assertThat(reported)
                .containsExactly(new Checkpoint(log.id(), log.all().get(2).position()));
    }

    @Test
    void aSubscriptionThatCanNotReportEitherNamesWhatStoppedIt() {
        log.append("a-1", 1);
        log.append("a-1", 2);
        CatchUpSubscription subscription = subscriptions.start(CatchUpRequest.forEach("each", event -> {
                    if (number(event) == 2) {
                        throw new IllegalStateException("never");
                    }
                })
                .retry(new HandlerRetry(1, QUICK))
                .onProgress(checkpoint -> {
                    throw new IllegalStateException("no room");
                }));
        comesTo(CatchUpState.FAILED, subscription);

        assertThat(subscription.status().lastError().orElseThrow())
                .hasRootCauseMessage("never")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasRootCauseMessage("no room")));
    }
}
