package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.testing.contract.EventStoreFixture.JoinedTransactions;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** ES.9: appends in a transaction of the caller's; of a store without that ability, that each append is committed by itself. */
@DisplayNameGeneration(RuleNames.class)
public abstract class JoiningContract {

    private final String category = Unique.category();
    private final String stream = category + "-1";
    private final String row = category;

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    /** Does this with the store's transactions; of a store without that ability, shows what its appends do alone. */
    private void joining(Consumer<JoinedTransactions> steps) {
        fixture().joinedTransactions().ifPresentOrElse(steps, this::standsAlone);
    }

    private List<Object> stored() {
        return List.copyOf(store().load(stream).payloads(Counted.class));
    }

    private int inTheLog() {
        return LogReading.from(fixture().log())
                .matching(LogFilter.ofCategories(category))
                .all()
                .size();
    }

    private void standsAlone() {
        store().append(stream, List.of(new Counted(1)));

        assertThat(stored()).containsExactly(new Counted(1));
        assertThat(inTheLog()).isEqualTo(1);
    }

    @Test
    void es9_eventsAreCommittedTogetherWithTheCallersOwnRows() {
        joining(transactions -> {
            try (JoinedTransaction transaction = transactions.begin()) {
                transaction.write(row);
                AppendResult result = transaction.store().append(stream, List.of(new Counted(1)));

                assertThat(transaction.store().load(stream).version()).isEqualTo(1);
                assertThat(stored()).as("what others see before the commit").isEmpty();
                assertThat(inTheLog())
                        .as("what readers of the log see before the commit")
                        .isZero();
                assertThat(transactions.hasCommitted(row)).isFalse();
                transaction.commit();

                assertThat(store().load(stream).version()).isEqualTo(result.version());
            }
            assertThat(stored()).containsExactly(new Counted(1));
            assertThat(inTheLog()).isEqualTo(1);
            assertThat(transactions.hasCommitted(row)).isTrue();
        });
    }

    @Test
    void es9_aRollbackTakesBackBoth() {
        joining(transactions -> {
            try (JoinedTransaction transaction = transactions.begin()) {
                transaction.write(row);
                transaction.store().append(stream, List.of(new Counted(1)));
                transaction.rollback();
            }
            assertThat(stored()).isEmpty();
            assertThat(inTheLog()).isZero();
            assertThat(transactions.hasCommitted(row)).isFalse();
        });
    }

    @Test
    void es9_aRefusedOrRepeatedAppendLeavesTheTransactionUsable() {
        AppendRequest request = AppendRequest.of(stream, ExpectedVersion.noStream(), List.of(new Counted(1)));
        joining(transactions -> {
            try (JoinedTransaction transaction = transactions.begin()) {
                EventStore joined = transaction.store();
                joined.append(request);

                assertThat(joined.append(request).deduplicated()).isTrue();
                assertThatExceptionOfType(WrongExpectedVersionException.class)
                        .isThrownBy(() -> joined.append(stream, ExpectedVersion.noStream(), List.of(new Counted(2))));
                joined.append(stream, ExpectedVersion.exactly(1), List.of(new Counted(3)));
                transaction.write(row);
                transaction.commit();
            }
            assertThat(stored()).containsExactly(new Counted(1), new Counted(3));
            assertThat(transactions.hasCommitted(row)).isTrue();
        });
    }
}
