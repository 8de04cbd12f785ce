package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** ES.1, ES.2 and ES.8: what an append leaves behind. */
@DisplayNameGeneration(RuleNames.class)
public abstract class AppendContract {

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private static List<Counted> counted(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Counted::new).toList();
    }

    @Test
    void es1_aStreamThatNobodyWroteToHasVersionZero() {
        LoadedStream loaded = store().load(stream);

        assertThat(loaded.version()).isZero();
        assertThat(loaded.exists()).isFalse();
    }

    @Test
    void es1_theFirstEventHasVersionOneAndLaterOnesFollowWithoutAHole() {
        store().append(stream, counted(1, 1));
        store().append(stream, counted(2, 4));
        store().append(stream, counted(5, 5));

        LoadedStream loaded = store().load(stream);

        assertThat(loaded.version()).isEqualTo(5);
        assertThat(loaded.events()).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void es1_theResultTellsTheVersionAfterItsEventsAndTheirPositions() {
        store().append(stream, counted(1, 2));

        AppendResult result = store().append(stream, counted(3, 5));

        assertThat(result.stream()).isEqualTo(StreamId.of(stream));
        assertThat(result.version()).isEqualTo(5);
        assertThat(result.deduplicated()).isFalse();
        assertThat(result.positions())
                .isEqualTo(store().loadFromVersion(stream, 3).events().stream()
                        .map(RecordedEvent::position)
                        .toList());
    }

    @Test
    void es1_eachStreamHasVersionsOfItsOwn() {
        String other = Unique.stream();
        store().append(stream, counted(1, 3));

        assertThat(store().append(other, counted(1, 1)).version()).isEqualTo(1);
        assertThat(store().append(stream, counted(4, 4)).version()).isEqualTo(4);
    }

    @Test
    void es2_anAppendStoresAllOfItsEventsInTheirOrder() {
        store().append(stream, counted(1, 1_000));

        assertThat(store().load(stream).payloads(Counted.class)).isEqualTo(counted(1, 1_000));
    }

    @Test
    void es2_aRefusedAppendStoresNoneOfItsEvents() {
        store().append(stream, counted(1, 1));

        assertThatThrownBy(() -> store().append(stream, ExpectedVersion.exactly(7), counted(2, 4)))
                .isInstanceOf(WrongExpectedVersionException.class);

        assertThat(store().load(stream).payloads(Counted.class)).isEqualTo(counted(1, 1));
        assertThat(store().append(stream, counted(2, 2)).version()).isEqualTo(2);
    }

    @Test
    void es2_whatWasAppendedIsThereForEveryStoreOverTheSameData() {
        store().append(stream, counted(1, 3));

        LoadedStream loaded = fixture().storeWith(KitCodecs.current()).load(stream);

        assertThat(loaded.payloads(Counted.class)).isEqualTo(counted(1, 3));
    }

    @Test
    void es2_anOpenAppendIsSeenAsAWholeOnceItIsCommittedAndNeverIfItIsRolledBack() {
        AppendRequest first = request(NewEvent.of(new Counted(1)), NewEvent.of(new Counted(2)));
        AppendRequest second = request(NewEvent.of(new Counted(3)), NewEvent.of(new Counted(4)));
        if (fixture().openAppends().isEmpty()) {
            assertThat(store().append(first).version()).isEqualTo(2);
            assertThat(store().load(stream).version()).isEqualTo(2);
            return;
        }
        EventStoreFixture.OpenAppends appends = fixture().openAppends().get();
        try (OpenAppend open = appends.open(first)) {
            assertThat(store().load(stream).exists()).isFalse();
            open.commit();
        }
        try (OpenAppend open = appends.open(second)) {
            assertThat(store().load(stream).version()).isEqualTo(2);
            open.rollback();
        }

        assertThat(store().load(stream).payloads(Counted.class)).isEqualTo(counted(1, 2));
        assertThat(store().append(stream, ExpectedVersion.exactly(2), counted(5, 5))
                        .version())
                .isEqualTo(3);
    }

    private AppendRequest request(NewEvent... events) {
        return AppendRequest.ofEvents(stream, ExpectedVersion.any(), List.of(events));
    }

    @Test
    void es8_anEmptyAppendStoresNothingAndTellsTheVersion() {
        store().append(stream, counted(1, 2));

        AppendResult result = store().append(stream, List.of());

        assertThat(result).isEqualTo(new AppendResult(StreamId.of(stream), 2, List.of(), false));
        assertThat(store().load(stream).version()).isEqualTo(2);
    }

    @Test
    void es8_anEmptyAppendDoesNotMakeAStream() {
        assertThat(store().append(stream, List.of()).version()).isZero();
        assertThat(store().append(stream, ExpectedVersion.noStream(), List.of()).version())
                .isZero();

        assertThat(store().load(stream).exists()).isFalse();
        assertThat(store().append(stream, ExpectedVersion.noStream(), counted(1, 1))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void es8_anEmptyAppendChecksTheExpectedVersion() {
        store().append(stream, counted(1, 2));
        String unknown = Unique.stream();

        for (ExpectedVersion right : List.of(ExpectedVersion.streamExists(), ExpectedVersion.exactly(2))) {
            assertThat(store().append(stream, right, List.of()).version()).isEqualTo(2);
        }
        for (ExpectedVersion wrong : List.of(ExpectedVersion.noStream(), ExpectedVersion.exactly(1))) {
            assertThatThrownBy(() -> store().append(stream, wrong, List.of()))
                    .isInstanceOf(WrongExpectedVersionException.class);
        }
        for (ExpectedVersion wrong : List.of(ExpectedVersion.streamExists(), ExpectedVersion.exactly(1))) {
            assertThatThrownBy(() -> store().append(unknown, wrong, List.of()))
                    .isInstanceOf(WrongExpectedVersionException.class);
        }
    }
}
