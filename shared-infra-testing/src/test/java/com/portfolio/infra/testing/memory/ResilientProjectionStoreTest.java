package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.utilities.resilience.CallWindow;
import com.portfolio.infra.utilities.resilience.CircuitBreakerPolicy;
import com.portfolio.infra.utilities.resilience.CircuitOpenException;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientCheckpointedProjectionStore;
import com.portfolio.infra.utilities.resilience.RetryBudget;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResilientProjectionStoreTest {

    record Balance(int cents) {}

    private final InMemoryProjectionStore<Balance> memory = new InMemoryProjectionStore<>("balances", Balance.class);
    private final Resilience resilience = Resilience.builder("documents")
            .retry(RetryPolicy.builder()
                    .base(Duration.ofNanos(1))
                    .cap(Duration.ofNanos(1))
                    .budget(RetryBudget.unlimited())
                    .build())
            .circuitBreaker(CircuitBreakerPolicy.builder()
                    .window(CallWindow.ofCalls(100))
                    .minimumCalls(100)
                    .build())
            .build();
    private final ResilientCheckpointedProjectionStore<Balance> store =
            new ResilientCheckpointedProjectionStore<>(memory, resilience);

    @AfterEach
    void close() {
        resilience.close();
    }

    private static ProjectionStoreUnavailableException away() {
        return new ProjectionStoreUnavailableException("The database is away.", null);
    }

    private void failNext(int calls) {
        memory.faults().failNext(calls, call -> away());
    }

    private void loseNextAnswer() {
        memory.faults().failNextAfterwards(1, call -> away());
    }

    @Test
    void anOutageIsBridged() {
        failNext(2);
        store.save("1", new Balance(5));
        failNext(2);
        assertThat(store.find("1")).contains(new Balance(5));
        failNext(2);
        assertThat(store.list(PageRequest.first(10)).documents()).hasSize(1);
        failNext(2);
        assertThat(store.checkpoint()).isEmpty();
        failNext(2);
        assertThat(store.save("1", new Balance(6), 1)).isEqualTo(2);
        failNext(2);
        assertThat(store.findVersioned("1")).contains(new VersionedDocument<>("1", 2, new Balance(6)));
        failNext(2);
        store.delete("1", 2);
        assertThat(store.find("1")).isEmpty();
    }

    @Test
    void savingAndDeletingAgainLeavesWhatWasMeantToBeThere() {
        loseNextAnswer();
        store.save("1", new Balance(5));
        assertThat(memory.find("1")).contains(new Balance(5));

        loseNextAnswer();
        assertThat(store.delete("1")).as("the answer of the last attempt").isFalse();
        assertThat(memory.find("1")).isEmpty();
    }

    @Test
    void aVersionThatItsOwnLostAttemptMayHaveMadeIsNoConflictAndNoSuccess() {
        memory.save("1", new Balance(5));
        loseNextAnswer();

        assertThatThrownBy(() -> store.save("1", new Balance(6), 1))
                .isInstanceOf(ProjectionStoreUnavailableException.class)
                .hasMessage("Could not save document '1' at the first attempt, whose answer was lost, and the next one"
                        + " found version 2 instead of 1; it is unknown whether the first one came through.")
                .hasCauseInstanceOf(WrongDocumentVersionException.class);
        assertThat(memory.findVersioned("1")).contains(new VersionedDocument<>("1", 2, new Balance(6)));
    }

    /** Comparing the documents would tell the loser of two equal increments that it had won. */
    @Test
    void anEqualDocumentOfAnotherWriterIsNotTakenForItsOwn() {
        memory.save("1", new Balance(5));
        memory.faults().failNext(call -> {
            memory.save("1", new Balance(6), 1);
            return away();
        });

        assertThatThrownBy(() -> store.save("1", new Balance(6), 1))
                .isInstanceOf(ProjectionStoreUnavailableException.class);
    }

    @Test
    void aLostDeletionIsUnknownToo() {
        memory.save("1", new Balance(5));
        loseNextAnswer();

        assertThatThrownBy(() -> store.delete("1", 1))
                .isInstanceOf(ProjectionStoreUnavailableException.class)
                .hasCauseInstanceOf(WrongDocumentVersionException.class);
    }

    @Test
    void aWrongVersionAtTheFirstAttemptIsTold() {
        memory.save("1", new Balance(5));

        assertThatThrownBy(() -> store.save("1", new Balance(6), 7)).isInstanceOf(WrongDocumentVersionException.class);
    }

    @Test
    void theCheckpointIsMovedByOneAttemptOnTheCallersThread() {
        failNext(1);
        AtomicInteger writes = new AtomicInteger();
        Checkpoint to = new Checkpoint(new LogId("here"), Position.of(1));

        assertThatThrownBy(() -> store.advance(Optional.empty(), to, documents -> writes.incrementAndGet()))
                .isInstanceOf(ProjectionStoreUnavailableException.class);
        assertThat(writes.get()).isLessThanOrEqualTo(1);
        assertThat(memory.checkpoint()).isEmpty();

        Thread caller = Thread.currentThread();
        store.advance(Optional.empty(), to, documents -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            documents.save("1", new Balance(1));
        });
        assertThat(store.checkpoint()).contains(to);
    }

    @Test
    void anOpenBreakerIsUnavailable() {
        resilience.circuitBreaker().orElseThrow().forceOpen();

        assertThatThrownBy(() -> store.find("1"))
                .isInstanceOf(ProjectionStoreUnavailableException.class)
                .hasCauseInstanceOf(CircuitOpenException.class)
                .hasMessageStartingWith("Could not find document '1': ");
    }
}
