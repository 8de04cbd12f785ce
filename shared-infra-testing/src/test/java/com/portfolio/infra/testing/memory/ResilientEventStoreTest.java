package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.testing.memory.AccountEvent.Renamed;
import com.portfolio.infra.utilities.resilience.BulkheadFullException;
import com.portfolio.infra.utilities.resilience.CallTimedOutException;
import com.portfolio.infra.utilities.resilience.CircuitOpenException;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventLog;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.portfolio.infra.utilities.resilience.RetryBudget;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResilientEventStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RetryPolicy AT_ONCE = RetryPolicy.builder()
            .base(Duration.ofNanos(1))
            .cap(Duration.ofNanos(1))
            .budget(RetryBudget.unlimited())
            .build();

    private final InMemoryEventStore memory = new InMemoryEventStore(AccountEvent.CODEC);
    private final InMemoryEventLog memoryLog = new InMemoryEventLog(memory);
    private Resilience resilience = Resilience.builder("store").retry(AT_ONCE).build();
    private EventStore store = new ResilientEventStore(memory, resilience);

    private void use(Resilience other) {
        resilience.close();
        resilience = other;
        store = new ResilientEventStore(memory, resilience);
    }

    @AfterEach
    void close() {
        resilience.close();
    }

    private static AppendRequest request(ExpectedVersion expected, AccountEvent event) {
        return AppendRequest.of("account-1", expected, List.of(event));
    }

    private static EventStoreUnavailableException away() {
        return new EventStoreUnavailableException("The database is away.", null);
    }

    private List<Object> payloads() {
        return memory.events().stream().<Object>map(RecordedEvent::payload).toList();
    }

    @Test
    void anOutageIsBridged() {
        memory.appendFaults().failNext(2, call -> away());
        memory.readFaults().failNext(2, call -> away());

        store.append("account-1", List.of(new Registered("Ada")));

        assertThat(store.load("account-1").payloads(AccountEvent.class)).containsExactly(new Registered("Ada"));
    }

    @Test
    void anAppendWhoseAnswerWasLostIsStoredOnce() {
        memory.loseNextAnswer();

        AppendResult result = store.append(request(ExpectedVersion.noStream(), new Registered("Ada")));

        assertThat(result.version()).isOne();
        assertThat(payloads()).containsExactly(new Registered("Ada"));
    }

    @Test
    void itsOwnEventsAreNoConflictThoughSomebodyElseWroteAfterThem() {
        memory.appendFaults().failNextAfterwards(1, request -> {
            memory.append("account-1", List.of(new Renamed("Grace")));
            return new AppendOutcomeUnknownException(request, Duration.ofSeconds(1), null);
        });

        AppendResult result = store.append(request(ExpectedVersion.noStream(), new Registered("Ada")));

        assertThat(result.version()).isOne();
        assertThat(payloads()).containsExactly(new Registered("Ada"), new Renamed("Grace"));
    }

    @Test
    void aConflictThatHoldsForTheLostAttemptTooIsTold() {
        memory.appendFaults().failNext(request -> {
            memory.append("account-1", List.of(new Registered("Grace")));
            return new AppendOutcomeUnknownException(request, Duration.ofSeconds(1), null);
        });

        assertThatThrownBy(() -> store.append(request(ExpectedVersion.noStream(), new Registered("Ada"))))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThat(payloads()).containsExactly(new Registered("Grace"));
    }

    @Test
    void aConflictThatTheLostAttemptMayStillEscapeLeavesTheOutcomeUnknown() {
        memory.loseNextRequest();
        AppendRequest early = request(ExpectedVersion.exactly(1), new Renamed("Ada"));

        assertThatThrownBy(() -> store.append(early))
                .as("the stream may come to version 1 before the lost attempt arrives")
                .isInstanceOfSatisfying(
                        AppendOutcomeUnknownException.class,
                        e -> assertThat(e.request()).isEqualTo(early))
                .hasCauseInstanceOf(WrongExpectedVersionException.class);

        memory.loseNextRequest();
        AppendRequest exists = request(ExpectedVersion.streamExists(), new Renamed("Ada"));
        assertThatThrownBy(() -> store.append(exists)).isInstanceOf(AppendOutcomeUnknownException.class);
    }

    @Test
    void anArchivedStreamMayBeOpenedAgainAndATombstonedOneMayNot() {
        memory.append("account-1", List.of(new Registered("Ada")));
        memory.archive("account-1");
        memory.loseNextRequest();
        assertThatThrownBy(() -> store.append(request(ExpectedVersion.any(), new Renamed("Grace"))))
                .isInstanceOf(AppendOutcomeUnknownException.class)
                .hasCauseInstanceOf(StreamClosedException.class);

        memory.tombstone("account-1");
        memory.loseNextRequest();
        assertThatThrownBy(() -> store.append(request(ExpectedVersion.any(), new Renamed("Grace"))))
                .isInstanceOf(StreamClosedException.class);
    }

    @Test
    void aConflictOfAFirstAttemptIsTold() {
        assertThatThrownBy(() -> store.append(request(ExpectedVersion.exactly(1), new Renamed("Ada"))))
                .isInstanceOf(WrongExpectedVersionException.class);

        memory.appendFaults().failNext(call -> away());
        assertThatThrownBy(() -> store.append(request(ExpectedVersion.exactly(1), new Renamed("Ada"))))
                .as("of an attempt that stored nothing nothing can come")
                .isInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void afterALostAnswerNobodySaysThatNothingWasStored() {
        memory.appendFaults().failNextAfterwards(1, lost -> {
            memory.appendFaults().failNext(2, call -> away());
            return new AppendOutcomeUnknownException(lost, Duration.ofSeconds(1), null);
        });
        AppendRequest request = request(ExpectedVersion.noStream(), new Registered("Ada"));

        assertThatThrownBy(() -> store.append(request))
                .isInstanceOfSatisfying(
                        AppendOutcomeUnknownException.class,
                        e -> assertThat(e.request()).isSameAs(request))
                .hasCauseInstanceOf(EventStoreUnavailableException.class);
        assertThat(payloads()).hasSize(1);

        assertThat(store.append(request).deduplicated()).isTrue();
    }

    @Test
    void afterALostAnswerAnOpenBreakerLeavesTheOutcomeUnknown() {
        memory.appendFaults().failNextAfterwards(1, request -> {
            resilience.circuitBreaker().orElseThrow().forceOpen();
            return new AppendOutcomeUnknownException(request, Duration.ofSeconds(1), null);
        });

        assertThatThrownBy(() -> store.append(request(ExpectedVersion.any(), new Registered("Ada"))))
                .isInstanceOf(AppendOutcomeUnknownException.class)
                .hasCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void whatWasNeverSentIsUnavailable() {
        resilience.circuitBreaker().orElseThrow().forceOpen();

        assertThatThrownBy(() -> store.append(request(ExpectedVersion.any(), new Registered("Ada"))))
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasCauseInstanceOf(CircuitOpenException.class)
                .hasMessage("Could not append to stream 'account-1', nothing was stored: The circuit breaker of 'store'"
                        + " is held open by an operator, so the call was not made.");
        assertThatThrownBy(() -> store.load("account-1"))
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasMessageStartingWith("Could not read stream 'account-1': ");
        assertThat(memory.appendFaults().struck()).isZero();
        assertThat(payloads()).isEmpty();
    }

    @Test
    void whatDoesNotPassIsNotRepeated() {
        memory.appendFaults().failNext(1, call -> new EventStoreFailedException("No permission.", null));

        assertThatThrownBy(() -> store.append(request(ExpectedVersion.any(), new Registered("Ada"))))
                .isInstanceOf(EventStoreFailedException.class);
        assertThat(payloads()).isEmpty();
    }

    @Test
    void anAppendThatTakesTooLongIsUnknownAndRepeatingItFindsOut() {
        use(Resilience.builder("store")
                .retry(RetryPolicy.never())
                .timeLimit(Duration.ofMillis(50))
                .build());
        HeldAppend held = memory.holdNextAppend(request -> true);
        AppendRequest request = request(ExpectedVersion.noStream(), new Registered("Ada"));

        assertThatThrownBy(() -> store.append(request))
                .isInstanceOf(AppendOutcomeUnknownException.class)
                .hasCauseInstanceOf(CallTimedOutException.class);
        held.release();

        Eventually.within(PATIENCE)
                .pass(() -> assertThat(memory.append(request).version()).isOne());
        assertThat(payloads()).containsExactly(new Registered("Ada"));
    }

    /** A driver that reads from a socket does not hear an interrupt. */
    private static final class Deaf implements EventStore {

        private final EventStore store;
        private final CountDownLatch answer = new CountDownLatch(1);
        private final CompletableFuture<AppendResult> late = new CompletableFuture<>();

        Deaf(EventStore store) {
            this.store = store;
        }

        @Override
        public AppendResult append(AppendRequest request) {
            while (answer.getCount() > 0) {
                LockSupport.parkNanos(this, Duration.ofMillis(1).toNanos());
                Thread.interrupted();
            }
            AppendResult result = store.append(request);
            late.complete(result);
            return result;
        }

        @Override
        public StreamPage read(StreamQuery query) {
            return store.read(query);
        }
    }

    @Test
    void anAttemptThatStoresItsEventsWhenNobodyWaitsForItAnyMoreIsNotDenied() throws Exception {
        use(Resilience.builder("store")
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .base(Duration.ofNanos(1))
                        .cap(Duration.ofNanos(1))
                        .build())
                .timeLimit(Duration.ofMillis(50))
                .build());
        Deaf deaf = new Deaf(memory);
        EventStore afterwardsAway = new EventStore() {
            private final AtomicInteger attempts = new AtomicInteger();

            @Override
            public AppendResult append(AppendRequest request) {
                if (attempts.incrementAndGet() == 1) {
                    return deaf.append(request);
                }
                deaf.answer.countDown();
                deaf.late.join();
                throw away();
            }

            @Override
            public StreamPage read(StreamQuery query) {
                return memory.read(query);
            }
        };
        store = new ResilientEventStore(afterwardsAway, resilience);
        AppendRequest request = request(ExpectedVersion.noStream(), new Registered("Ada"));

        assertThatThrownBy(() -> store.append(request))
                .isInstanceOf(AppendOutcomeUnknownException.class)
                .hasCauseInstanceOf(EventStoreUnavailableException.class);

        assertThat(payloads()).containsExactly(new Registered("Ada"));
    }

    /** A dependency that never answers, and listens to interruption. */
    private static final class Hanging implements EventStore {

        private final CompletableFuture<Void> never = new CompletableFuture<>();
        private final CompletableFuture<Void> inside = new CompletableFuture<>();

        @Override
        public AppendResult append(AppendRequest request) {
            throw hang();
        }

        @Override
        public StreamPage read(StreamQuery query) {
            throw hang();
        }

        private RuntimeException hang() {
            inside.complete(null);
            try {
                never.get();
                return new IllegalStateException("It answered.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new EventStoreUnavailableException("interrupted", e);
            } catch (java.util.concurrent.ExecutionException e) {
                return new IllegalStateException(e);
            }
        }
    }

    @Test
    void aReadThatHangsIsUnavailable() {
        use(Resilience.builder("store")
                .retry(AT_ONCE)
                .timeLimit(Duration.ofMillis(20))
                .build());
        EventStore hanging = new ResilientEventStore(new Hanging(), resilience);

        assertThatThrownBy(() -> hanging.load("account-1"))
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasCauseInstanceOf(CallTimedOutException.class);
    }

    @Test
    void anInterruptedAppendEndsAndTheStatusIsKept() throws Exception {
        use(Resilience.builder("store").retry(AT_ONCE).timeLimit(PATIENCE).build());
        Hanging inner = new Hanging();
        EventStore hanging = new ResilientEventStore(inner, resilience);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                hanging.append(request(ExpectedVersion.any(), new Registered("Ada")));
            } catch (RuntimeException e) {
                thrown.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        inner.inside.get();

        caller.interrupt();
        caller.join(PATIENCE.toMillis());

        assertThat(thrown.get())
                .isInstanceOfAny(AppendOutcomeUnknownException.class, EventStoreUnavailableException.class);
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void aFullBulkheadIsUnavailable() throws Exception {
        use(Resilience.builder("store").retry(AT_ONCE).bulkhead(1).build());
        HeldAppend held = memory.holdNextAppend(request -> true);
        CompletableFuture<AppendResult> first = CompletableFuture.supplyAsync(
                () -> store.append(request(ExpectedVersion.any(), new Registered("Ada"))));
        held.awaitReached(PATIENCE);

        assertThatThrownBy(() -> store.load("account-2"))
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasCauseInstanceOf(BulkheadFullException.class);

        held.release();
        assertThat(first.get().version()).isOne();
    }

    @Test
    void theLogIsReadAgainToo() throws Exception {
        ResilientEventLog log = new ResilientEventLog(memoryLog, resilience);
        store.append("account-1", List.of(new Registered("Ada")));
        memoryLog.faults().failNext(2, call -> away());
        assertThat(log.read(LogQuery.after(Position.START)).events()).hasSize(1);
        memoryLog.faults().failNext(2, call -> away());
        assertThat(log.head()).isNotEqualTo(Position.START);
        memoryLog.faults().failNext(2, call -> away());
        assertThat(log.id()).isEqualTo(memoryLog.id());

        resilience.circuitBreaker().orElseThrow().forceOpen();
        assertThatThrownBy(log::head)
                .isInstanceOf(EventStoreUnavailableException.class)
                .hasMessageStartingWith("Could not find the head of the log: ");
        assertThat(log.awaitBeyond(Position.START, Duration.ZERO))
                .as("waiting is not refused")
                .isTrue();
    }
}
