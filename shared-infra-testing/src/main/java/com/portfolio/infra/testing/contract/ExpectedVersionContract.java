package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** ES.3: an append demands what its stream must look like. */
@DisplayNameGeneration(RuleNames.class)
public abstract class ExpectedVersionContract {

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private void storedBefore(int events) {
        for (int i = 0; i < events; i++) {
            store().append(stream, List.of(new Counted(i)));
        }
    }

    private void accepted(ExpectedVersion expected, long versionAfterwards) {
        assertThat(store().append(stream, expected, List.of(new Counted(100))).version())
                .isEqualTo(versionAfterwards);
        assertThat(store().load(stream).version()).isEqualTo(versionAfterwards);
    }

    private void refused(ExpectedVersion expected, long actual) {
        assertThatExceptionOfType(WrongExpectedVersionException.class)
                .isThrownBy(() -> store().append(stream, expected, List.of(new Counted(100), new Counted(101))))
                .satisfies(e -> {
                    assertThat(e.stream()).isEqualTo(StreamId.of(stream));
                    assertThat(e.expected()).isEqualTo(expected);
                    assertThat(e.actual()).isEqualTo(actual);
                    assertThat(e.isRetryable()).isFalse();
                });
        assertThat(store().load(stream).version()).isEqualTo(actual);
    }

    @Test
    void es3_anyVersionIsAcceptedOfANewStreamAndOfAnExistingOne() {
        accepted(ExpectedVersion.any(), 1);
        accepted(ExpectedVersion.any(), 2);
    }

    @Test
    void es3_noStreamIsAcceptedOfANewStreamAndRefusedOfAnExistingOne() {
        accepted(ExpectedVersion.noStream(), 1);
        refused(ExpectedVersion.noStream(), 1);
    }

    @Test
    void es3_anExistingStreamIsAcceptedOnceItWasWrittenTo() {
        refused(ExpectedVersion.streamExists(), 0);
        storedBefore(1);
        accepted(ExpectedVersion.streamExists(), 2);
    }

    @Test
    void es3_anExactVersionIsAcceptedWhereTheStreamIsThere() {
        storedBefore(2);
        accepted(ExpectedVersion.exactly(2), 3);
        accepted(ExpectedVersion.exactly(3), 4);
    }

    @Test
    void es3_anExactVersionIsRefusedWhereTheStreamIsElsewhere() {
        storedBefore(3);
        refused(ExpectedVersion.exactly(2), 3);
        refused(ExpectedVersion.exactly(4), 3);
        refused(ExpectedVersion.exactly(Long.MAX_VALUE), 3);
    }

    @Test
    void es3_anExactVersionIsRefusedOfAStreamThatNobodyWroteTo() {
        refused(ExpectedVersion.exactly(1), 0);
    }

    @Test
    void es3_exactlyZeroIsAStreamThatNobodyWroteTo() {
        accepted(ExpectedVersion.exactly(0), 1);
        refused(ExpectedVersion.exactly(0), 1);
    }

    @Test
    void es3_whatALoadSawIsWhatTheNextAppendCanExpect() {
        accepted(store().load(stream).expectedVersion(), 1);
        accepted(store().load(stream).expectedVersion(), 2);
        ExpectedVersion seen = store().load(stream).expectedVersion();
        storedBefore(1);
        refused(seen, 3);
    }

    @Test
    void es3_aRefusalLeavesTheStreamAsGoodAsBefore() {
        refused(ExpectedVersion.exactly(5), 0);
        accepted(ExpectedVersion.noStream(), 1);
        refused(ExpectedVersion.noStream(), 1);
        accepted(ExpectedVersion.exactly(1), 2);
    }

    @Test
    void es3_anAppendInProgressIsNotCountedUntilItIsCommitted() {
        storedBefore(1);
        if (fixture().openAppends().isEmpty()) {
            accepted(ExpectedVersion.exactly(1), 2);
            return;
        }
        try (OpenAppend open = fixture()
                .openAppends()
                .get()
                .open(AppendRequest.of(stream, ExpectedVersion.exactly(1), List.of(new Counted(1))))) {
            assertThat(open.result().version()).isEqualTo(2);
            open.rollback();
        }
        accepted(ExpectedVersion.exactly(1), 2);
    }
}
