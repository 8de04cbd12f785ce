package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.testing.memory.AccountEvent.Renamed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InMemoryEventStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClock clock = TestClock.at("2026-01-31T12:00:00.123456789Z");
    private final InMemoryEventStore store = new InMemoryEventStore(AccountEvent.CODEC, clock);
    private final InMemoryEventLog log = new InMemoryEventLog(store);

    private static AppendRequest request(String stream, AccountEvent... events) {
        return AppendRequest.of(stream, ExpectedVersion.any(), List.of(events));
    }

    private List<Object> payloads() {
        return store.events().stream().<Object>map(RecordedEvent::payload).toList();
    }

    @Test
    void takesTheTimeFromItsClockToTheMicrosecond() {
        store.append(request("account-1", new Registered("a")));
        clock.advance(Duration.ofMinutes(1));
        store.append(request("account-1", new Renamed("b")));

        assertThat(store.events())
                .extracting(RecordedEvent::recordedAt)
                .containsExactly(
                        Instant.parse("2026-01-31T12:00:00.123456Z"), Instant.parse("2026-01-31T12:01:00.123456Z"));
    }

    @Test
    void twoReadersShareNoPayload() {
        Registered written = new Registered("a");
        store.append(request("account-1", written));

        Object one = store.load("account-1").events().get(0).payload();
        Object other = store.load("account-1").events().get(0).payload();

        assertThat(one).isEqualTo(written).isNotSameAs(written).isNotSameAs(other);
    }

    @Test
    void failsTheNextAppendsBeforeTheyStoreAnything() {
        store.appendFaults().failNext(2, call -> new EventStoreUnavailableException("away", null));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.append(request("account-1", new Registered("a"))))
                    .isInstanceOf(EventStoreUnavailableException.class);
        }
        store.append(request("account-1", new Registered("b")));

        assertThat(payloads()).containsExactly(new Registered("b"));
        assertThat(store.appendFaults().struck()).isEqualTo(2);
    }

    @Test
    void failsOnlyTheCallsThatMatchUntilItIsCleared() {
        store.readFaults()
                .failAll(
                        query -> query.stream().value().equals("account-1"),
                        query -> new EventStoreFailedException("no", null));

        assertThatThrownBy(() -> store.load("account-1")).isInstanceOf(EventStoreFailedException.class);
        assertThatThrownBy(() -> store.load("account-1")).isInstanceOf(EventStoreFailedException.class);
        assertThat(store.load("account-2").exists()).isFalse();
        store.readFaults().clear();
        assertThat(store.load("account-1").exists()).isFalse();
    }

    @Test
    void anAppendWhoseAnswerIsLostWasStored() {
        AppendRequest request = request("account-1", new Registered("a"));
        store.loseNextAnswer();

        assertThatThrownBy(() -> store.append(request))
                .isInstanceOfSatisfying(
                        AppendOutcomeUnknownException.class,
                        e -> assertThat(e.request()).isSameAs(request));
        assertThat(payloads()).hasSize(1);
        assertThat(store.append(request).deduplicated()).isTrue();
    }

    @Test
    void anAppendThatIsLostOnItsWayWasNotStored() {
        AppendRequest request = request("account-1", new Registered("a"));
        store.loseNextRequest();

        assertThatThrownBy(() -> store.append(request)).isInstanceOf(AppendOutcomeUnknownException.class);
        assertThat(payloads()).isEmpty();
        assertThat(store.append(request).deduplicated()).isFalse();
    }

    @Test
    void anOpenAppendHoldsTheLogBackUntilItIsCommitted() {
        InMemoryOpenAppend open = store.open(request("account-1", new Registered("a")));
        store.append(request("account-2", new Registered("b")));

        assertThat(log.read(LogQuery.after(Position.START)).events()).isEmpty();
        assertThat(log.head()).isEqualTo(Position.START);

        AppendResult committed = open.commit();

        assertThat(log.read(LogQuery.after(Position.START)).events())
                .extracting(event -> event.stream().value())
                .containsExactly("account-1", "account-2");
        assertThat(committed).isEqualTo(open.result());
    }

    @Test
    void anOpenAppendThatIsRolledBackLeavesAGapInThePositions() {
        try (InMemoryOpenAppend open = store.open(request("account-1", new Registered("a")))) {
            assertThat(open.result().positions()).containsExactly(Position.of(1));
        }
        store.append(request("account-1", new Registered("b")));

        assertThat(store.events()).extracting(RecordedEvent::position).containsExactly(Position.of(2));
        assertThat(store.events()).extracting(RecordedEvent::version).containsExactly(1L);
    }

    @Test
    void anotherAppendToTheStreamWaitsForTheOpenOne() {
        InMemoryOpenAppend open = store.open(request("account-1", new Registered("a")));
        CompletableFuture<AppendResult> waiting =
                CompletableFuture.supplyAsync(() -> store.append(request("account-1", new Renamed("b"))));
        AppendResult first = open.commit();

        assertThat(waiting.join().version()).isEqualTo(first.version() + 1);
    }

    @Test
    void holdsAnAppendOfTheCodeUnderTestUntilTheTestDecides() {
        HeldAppend held =
                store.holdNextAppend(request -> request.stream().category().equals("account"));
        CompletableFuture<AppendResult> append =
                CompletableFuture.supplyAsync(() -> store.append(request("account-1", new Registered("a"))));
        held.awaitReached(PATIENCE);
        store.append(request("order-1", new Registered("b")));

        assertThat(log.head()).isEqualTo(Position.START);
        assertThat(append).isNotDone();
        held.release();

        assertThat(append.join().version()).isEqualTo(1);
        assertThat(log.head()).isEqualTo(Position.of(2));
    }

    @Test
    void aHeldAppendThatFailsStoresNothing() {
        HeldAppend held = store.holdNextAppend(request -> true);
        held.fail(new EventStoreUnavailableException("away", null));

        assertThatThrownBy(() -> store.append(request("account-1", new Registered("a"))))
                .isInstanceOf(EventStoreUnavailableException.class);
        assertThat(store.events()).isEmpty();
        assertThat(store.append(request("account-1", new Registered("a"))).version())
                .isEqualTo(1);
    }

    @Test
    void aHeldAppendThatTheTestForgetsIsRolledBackWhenItIsClosed() {
        CompletableFuture<AppendResult> append;
        try (HeldAppend held = store.holdNextAppend(request -> true)) {
            append = CompletableFuture.supplyAsync(() -> store.append(request("account-1", new Registered("a"))));
            held.awaitReached(PATIENCE);
        }

        assertThatThrownBy(append::join).hasCauseInstanceOf(EventStoreUnavailableException.class);
        assertThat(store.append(request("account-1", new Registered("a"))).version())
                .isEqualTo(1);
    }

    @Test
    void aHoldThatWasClosedHoldsNoLaterAppend() {
        store.holdNextAppend(request -> true).close();

        assertThat(store.append(request("account-1", new Registered("a"))).version())
                .isEqualTo(1);
    }

    @Test
    void aHeldAppendEndsWhenItIsInterruptedOrHeldForTooLong() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new HeldAppend(request -> true).awaitDecision())
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> new HeldAppend(request -> true, Duration.ofMillis(1)).awaitDecision())
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasMessageContaining("without a decision");
    }

    @Test
    void aRestoreDropsLaterEventsAndGivesTheirPositionsOutAgainUnderAnotherId() {
        Position kept = store.append(request("account-1", new Registered("a")))
                .lastPosition()
                .orElseThrow();
        Position lost = store.append(request("account-1", new Renamed("b")))
                .lastPosition()
                .orElseThrow();
        store.append(request("account-2", new Registered("c")));
        LogId before = log.id();

        store.restore(kept);

        assertThat(payloads()).containsExactly(new Registered("a"));
        assertThat(store.load("account-2").exists()).isFalse();
        assertThatThrownBy(() -> log.verify(new Checkpoint(before, kept)))
                .isInstanceOf(CheckpointRefusedException.class);
        assertThatThrownBy(() -> log.read(LogQuery.after(lost))).isInstanceOf(CheckpointRefusedException.class);
        assertThat(store.append(request("account-1", new Renamed("d"))).positions())
                .containsExactly(lost);
    }

    @Test
    void aRestoreEndsOpenAppends() {
        InMemoryOpenAppend open = store.open(request("account-1", new Registered("a")));
        store.restore(Position.START);

        assertThatThrownBy(open::commit).isInstanceOf(EventStoreUnavailableException.class);
        assertThat(store.events()).isEmpty();
        assertThat(store.append(request("account-1", new Registered("b"))).version())
                .isEqualTo(1);
    }

    @Test
    void thereIsNoBackupOfWhatNeverWas() {
        assertThatThrownBy(() -> store.restore(Position.of(1))).isInstanceOf(EventStoreFailedException.class);
    }
}
