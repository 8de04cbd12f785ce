package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** EL.6: a checkpoint that does not belong to the log is refused. */
@DisplayNameGeneration(RuleNames.class)
public abstract class LogIdentityContract {

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private EventLog log() {
        return fixture().log();
    }

    private Position append(long number) {
        return store().append(stream, List.of(new Counted(number)))
                .lastPosition()
                .orElseThrow();
    }

    private static void refused(ThrowingCallable reading) {
        assertThatExceptionOfType(CheckpointRefusedException.class)
                .isThrownBy(reading)
                .withMessageContaining("rebuild")
                .satisfies(e -> assertThat(e.isRetryable()).isFalse());
    }

    @Test
    void el6_theIdOfALogStaysTheSame() {
        LogId id = log().id();
        append(1);

        assertThat(log().id()).isEqualTo(id);
    }

    private void pagesAreOf(LogId id, Position after) {
        for (LogFilter filter :
                List.of(LogFilter.all(), LogFilter.ofTypes(KitCodecs.COUNTED), LogFilter.ofCategories("none"))) {
            assertThat(log().read(LogQuery.after(after).matching(filter)).log()).isEqualTo(id);
        }
    }

    @Test
    void el6_aPageTellsWhichLogItIsOf() {
        Position before = log().head();
        append(1);

        pagesAreOf(log().id(), before);
        pagesAreOf(log().id(), log().head());
    }

    @Test
    void el6_checkpointsOfTheLogAreAccepted() {
        Position position = append(1);
        LogId id = log().id();

        for (Position accepted : List.of(Position.START, position, log().head())) {
            assertThatCode(() -> log().verify(new Checkpoint(id, accepted))).doesNotThrowAnyException();
        }
    }

    @Test
    void el6_aCheckpointOfAnotherLogIsRefused() {
        Position position = append(1);
        LogId other = new LogId("another-" + log().id().value());

        refused(() -> log().verify(new Checkpoint(other, position)));
        refused(() -> log().verify(new Checkpoint(other, Position.START)));
    }

    @Test
    void el6_aPositionBeyondTheHeadIsRefused() {
        append(1);
        LogId id = log().id();
        List<Position> beyond = List.of(Position.of(log().head().value() + 1_000_000), Position.of(Long.MAX_VALUE));

        for (Position position : beyond) {
            refused(() -> log().read(LogQuery.after(position)));
            refused(() -> log().read(LogQuery.after(position).matching(LogFilter.ofCategories("none"))));
            refused(() -> log().verify(new Checkpoint(id, position)));
        }
    }

    @Test
    void el6_thePositionOfADeletedEventIsStillAccepted() {
        Position position = append(1);

        fixture().operator().tombstone(stream);

        LogId id = log().id();
        assertThatCode(() -> log().verify(new Checkpoint(id, position))).doesNotThrowAnyException();
        assertThat(log().read(LogQuery.after(position)).through()).isGreaterThanOrEqualTo(position);
    }

    @Test
    void el6_afterARestoreTheCheckpointsFromBeforeAreRefused() {
        Position kept = append(1);
        LogId before = log().id();
        Position lost = append(2);
        if (fixture().restore().isEmpty()) {
            assertThat(log().id()).isEqualTo(before);
            assertThatCode(() -> log().verify(new Checkpoint(before, lost))).doesNotThrowAnyException();
            return;
        }

        fixture().restore().get().restoreTo(kept);

        assertThat(log().id()).isNotEqualTo(before);
        pagesAreOf(log().id(), Position.START);
        refused(() -> log().verify(new Checkpoint(before, kept)));
        refused(() -> log().verify(new Checkpoint(before, lost)));
        assertThat(store().load(stream).payloads(Counted.class)).containsExactly(new Counted(1));
        append(3);
        refused(() -> log().verify(new Checkpoint(before, lost)));
        LogId after = log().id();
        assertThatCode(() -> log().verify(new Checkpoint(after, kept))).doesNotThrowAnyException();
    }
}
