package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.testing.memory.ProjectionCall.Operation;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryProjectionStoreTest {

    private static final Checkpoint FIRST = new Checkpoint(new LogId("log"), Position.of(1));

    private final InMemoryProjectionStore<Account> store = new InMemoryProjectionStore<>("accounts", Account.class);

    record Account(String name) {}

    private static ProjectionStoreUnavailableException away() {
        return new ProjectionStoreUnavailableException("The database is away.", null);
    }

    @Test
    void failsTheCallsThatMatch() {
        store.faults().failNext(1, ProjectionCall::isWrite, call -> away());

        assertThat(store.find("a")).isEmpty();
        assertThatThrownBy(() -> store.save("a", new Account("Ada")))
                .isInstanceOf(ProjectionStoreUnavailableException.class);
        store.save("a", new Account("Ada"));

        assertThat(store.documents()).containsExactly(entry("a", new Account("Ada")));
        assertThat(store.faults().struck()).isEqualTo(1);
    }

    @Test
    void aFailureInsideOfATransactionUndoesIt() {
        store.faults().failNext(1, call -> call.operation() == Operation.SAVE, call -> away());

        assertThatThrownBy(() -> store.advance(Optional.empty(), FIRST, view -> {
                    view.delete("a");
                    view.save("a", new Account("Ada"));
                }))
                .isInstanceOf(ProjectionStoreUnavailableException.class);

        assertThat(store.checkpoint()).isEmpty();
        assertThat(store.documents()).isEmpty();
    }

    @Test
    void aTransactionWhoseAnswerIsLostWasCommitted() {
        store.faults().failNextAfterwards(1, call -> call.operation() == Operation.ADVANCE, call -> away());

        assertThatThrownBy(() -> store.advance(Optional.empty(), FIRST, view -> view.save("a", new Account("Ada"))))
                .isInstanceOf(ProjectionStoreUnavailableException.class);

        assertThat(store.checkpoint()).contains(FIRST);
        assertThat(store.documents()).containsOnlyKeys("a");
    }

    @Test
    void twoReadersShareNoDocument() {
        store.save("a", new Account("Ada"));

        assertThat(store.find("a").orElseThrow()).isNotSameAs(store.find("a").orElseThrow());
    }

    @Test
    void aCursorOfSomethingElseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.list(PageRequest.first(10).after("not a cursor")));
    }

    @Test
    void twoFieldsOfOneNameAreRefused() {
        IndexedField<Account> name = IndexedField.text("name", Account::name);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InMemoryProjectionStore<>(
                        "accounts", Account.class, JsonDocuments.create(), List.of(name, name)))
                .withMessageContaining("name");
    }
}
