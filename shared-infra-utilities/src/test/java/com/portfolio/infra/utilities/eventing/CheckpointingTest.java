package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** EL.5, EL.6: where a subscription begins, how far it reports that it came, and whose checkpoints it refuses. */
class CheckpointingTest extends CatchUpFixture {

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
        assertThat(batches.stream().flatMap(batch -> batch.events().stream()).map(CatchUpFixture::number))
                .containsExactly(100);
        assertThat(batches).filteredOn(batch -> batch.events().isEmpty()).isNotEmpty();
        assertThat(batches.get(batches.size() - 1).through()).isEqualTo(new Checkpoint(log.id(), log.head()));
        assertThat(subscription.status().checkpoint()).contains(new Checkpoint(log.id(), log.head()));
    }

    @Test
    void aSubscriptionThatStopsWithinAPageReportsHowFarItCame() {
        for (int n = 1; n <= 5; n++) {
            log.append("a-1", n);
        }
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
}
