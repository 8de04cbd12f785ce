package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.health.HealthStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What pausing and closing promise, whatever the subscription is doing at that moment. */
class PausingAndClosingTest extends CatchUpFixture {

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        mayGoOn.countDown();
    }

    private CatchUpRequest batches() {
        return CatchUpRequest.forBatches("batches", batch -> batch.forEach(event -> seen.add(number(event))))
                .reconnect(QUICK)
                .awaitTimeout(Duration.ofHours(1))
                .closeTimeout(LONG);
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
        Thread closing = closingAndWaiting(subscription);
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
}
