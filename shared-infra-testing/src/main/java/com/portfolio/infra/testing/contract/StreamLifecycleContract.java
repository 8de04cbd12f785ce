package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.StreamClosedException.Reason;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** ES.10: archived and tombstoned streams. */
@DisplayNameGeneration(RuleNames.class)
public abstract class StreamLifecycleContract {

    private static final List<ExpectedVersion> EXPECTATIONS = List.of(
            ExpectedVersion.any(),
            ExpectedVersion.noStream(),
            ExpectedVersion.streamExists(),
            ExpectedVersion.exactly(2),
            ExpectedVersion.exactly(9));

    private final String category = Unique.category();
    private final String stream = category + "-1";
    private final AppendRequest request =
            AppendRequest.of(stream, ExpectedVersion.noStream(), List.of(new Counted(1), new Counted(2)));

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private List<RecordedEvent> inTheLog() {
        return LogReading.from(fixture().log())
                .matching(LogFilter.ofCategories(category))
                .all();
    }

    private void refusesAppends(Reason reason) {
        for (ExpectedVersion expected : EXPECTATIONS) {
            for (List<Counted> events : List.of(List.of(new Counted(9)), List.<Counted>of())) {
                assertThatExceptionOfType(StreamClosedException.class)
                        .isThrownBy(() -> store().append(stream, expected, events))
                        .satisfies(e -> {
                            assertThat(e.stream()).isEqualTo(StreamId.of(stream));
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e.isRetryable()).isFalse();
                        });
            }
        }
    }

    @Test
    void es10_anArchivedStreamCanBeReadAndRefusesAppends() {
        store().append(request);

        fixture().operator().archive(stream);

        refusesAppends(Reason.ARCHIVED);
        assertThat(store().load(stream).payloads(Counted.class)).containsExactly(new Counted(1), new Counted(2));
        assertThat(store().read(StreamQuery.backward(stream)).events()).hasSize(2);
        assertThat(inTheLog()).hasSize(2);
    }

    @Test
    void es10_repeatingWhatAnArchivedStreamHasStillSucceeds() {
        AppendResult first = store().append(request);
        fixture().operator().archive(stream);

        AppendResult repeated = store().append(request);

        assertThat(repeated).isEqualTo(new AppendResult(first.stream(), 2, first.positions(), true));
    }

    @Test
    void es10_anArchivedStreamCanBeReopened() {
        store().append(request);
        fixture().operator().archive(stream);

        fixture().operator().reopen(stream);

        assertThat(store().append(stream, ExpectedVersion.exactly(2), List.of(new Counted(3)))
                        .version())
                .isEqualTo(3);
    }

    @Test
    void es10_aTombstonedStreamIsGoneFromStreamReads() {
        store().append(request);

        fixture().operator().tombstone(stream);

        assertThat(store().load(stream)).isEqualTo(new LoadedStream(StreamId.of(stream), 0, List.of()));
        assertThat(store().loadFromVersion(stream, 2).exists()).isFalse();
        for (StreamQuery query : List.of(StreamQuery.forward(stream), StreamQuery.backward(stream))) {
            assertThat(store().read(query).events()).isEmpty();
            assertThat(store().read(query).next()).isEmpty();
        }
    }

    @Test
    void es10_aTombstonedStreamIsGoneFromTheLogAndOthersStay() {
        store().append(request);
        Position last = store().append(category + "-2", List.of(new Counted(3)))
                .lastPosition()
                .orElseThrow();
        store().append(stream, List.of(new Counted(4)));

        fixture().operator().tombstone(stream);

        assertThat(inTheLog()).extracting(RecordedEvent::position).containsExactly(last);
    }

    @Test
    void es10_theNameOfATombstonedStreamCantBeUsedAgain() {
        store().append(request);
        fixture().operator().tombstone(stream);

        refusesAppends(Reason.TOMBSTONED);
        assertThatExceptionOfType(StreamClosedException.class).isThrownBy(() -> store().append(request));
        assertThat(store().load(stream).exists()).isFalse();
    }

    @Test
    void es10_anArchivedStreamCanBeTombstonedAndStaysSo() {
        store().append(request);
        fixture().operator().archive(stream);
        fixture().operator().tombstone(stream);

        refusesAppends(Reason.TOMBSTONED);
        assertThat(store().load(stream).exists()).isFalse();
    }

    @Test
    void es10_aNameThatNobodyUsedCanBeTombstoned() {
        fixture().operator().tombstone(stream);

        refusesAppends(Reason.TOMBSTONED);
    }

    @Test
    void es10_otherStreamsAreNotAffected() {
        String other = category + "-2";
        store().append(request);
        store().append(other, List.of(new Counted(1)));
        fixture().operator().tombstone(stream);
        fixture().operator().archive(Unique.stream());

        assertThat(store().append(other, ExpectedVersion.exactly(1), List.of(new Counted(2)))
                        .version())
                .isEqualTo(2);
        assertThat(store().load(other).events()).hasSize(2);
    }
}
