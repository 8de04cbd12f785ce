package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.contract.EventStoreFixture.BrokenAppend;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ES.4 and ES.5: repeating an append is safe. */
@DisplayNameGeneration(RuleNames.class)
public abstract class IdempotencyContract {

    private final String stream = Unique.stream();
    private final NewEvent a = NewEvent.of(new Counted(1));
    private final NewEvent b = NewEvent.of(new Counted(2));
    private final NewEvent c = NewEvent.of(new Counted(3));

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private AppendResult append(NewEvent... events) {
        return store().append(request(events));
    }

    private AppendRequest request(NewEvent... events) {
        return AppendRequest.ofEvents(stream, ExpectedVersion.any(), List.of(events));
    }

    private AppendResult others(long... numbers) {
        return append(LongStream.of(numbers)
                .mapToObj(number -> NewEvent.of(new Counted(number)))
                .toArray(NewEvent[]::new));
    }

    private List<UUID> stored() {
        return store().load(stream).events().stream().map(RecordedEvent::id).toList();
    }

    private static AppendResult repeatOf(AppendResult first) {
        return new AppendResult(first.stream(), first.version(), first.positions(), true);
    }

    private void refused(NewEvent... events) {
        List<UUID> before = stored();
        assertThatExceptionOfType(EventIdConflictException.class)
                .isThrownBy(() -> append(events))
                .satisfies(e -> {
                    assertThat(e.stream()).isEqualTo(StreamId.of(stream));
                    assertThat(e.isRetryable()).isFalse();
                });
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void es4_aRepeatedAppendHasTheResultOfTheFirstAndStoresNothing() {
        AppendResult first = append(a, b);

        assertThat(append(a, b)).isEqualTo(repeatOf(first));
        assertThat(append(a, b)).isEqualTo(repeatOf(first));
        assertThat(stored()).containsExactly(a.id(), b.id());
    }

    @Test
    void es4_aRepeatIsRecognisedAfterOtherEventsCameIn() {
        others(90);
        AppendResult first = append(a, b);
        others(91, 92);

        assertThat(append(a, b)).isEqualTo(repeatOf(first));
        assertThat(store().load(stream).version()).isEqualTo(5);
    }

    static Stream<ExpectedVersion> es4_aRepeatSucceedsWhateverVersionIsExpected() {
        return Stream.of(
                ExpectedVersion.any(),
                ExpectedVersion.noStream(),
                ExpectedVersion.streamExists(),
                ExpectedVersion.exactly(1),
                ExpectedVersion.exactly(3),
                ExpectedVersion.exactly(4),
                ExpectedVersion.exactly(1_000));
    }

    @ParameterizedTest
    @MethodSource
    void es4_aRepeatSucceedsWhateverVersionIsExpected(ExpectedVersion expected) {
        others(90);
        AppendResult first = append(a, b);
        others(91);

        assertThat(store().append(AppendRequest.ofEvents(stream, expected, List.of(a, b))))
                .isEqualTo(repeatOf(first));
        assertThat(store().load(stream).version()).isEqualTo(4);
    }

    @Test
    void es4_aRepeatOfTheFirstAppendOfAStreamSucceedsThoughItExpectedNoStream() {
        AppendRequest request = AppendRequest.ofEvents(stream, ExpectedVersion.noStream(), List.of(a));
        AppendResult first = store().append(request);
        others(90);

        assertThat(store().append(request)).isEqualTo(repeatOf(first));
    }

    @Test
    void es4_aRepeatKeepsWhatWasStoredFirst() {
        append(a);

        AppendResult repeated = append(NewEvent.of(a.id(), new Counted(999)));

        assertThat(repeated.deduplicated()).isTrue();
        assertThat(store().load(stream).payloads(Counted.class)).containsExactly(new Counted(1));
    }

    @Test
    void es4_eventsThatAreThereOneAfterTheOtherAreARepeatHoweverTheyGotThere() {
        AppendResult first = append(a, b);
        AppendResult second = append(c);

        AppendResult repeated = append(b, c);

        assertThat(repeated.deduplicated()).isTrue();
        assertThat(repeated.version()).isEqualTo(second.version());
        assertThat(repeated.positions())
                .containsExactly(first.positions().get(1), second.positions().get(0));
        assertThat(append(a))
                .isEqualTo(new AppendResult(first.stream(), 1, first.positions().subList(0, 1), true));
        assertThat(stored()).containsExactly(a.id(), b.id(), c.id());
    }

    @Test
    void es4_theSameIdsInPartAreRefused() {
        append(a, b);

        refused(a, b, c);
        refused(b, c);
        refused(c, a);
        refused(c, a, b);
    }

    @Test
    void es4_theSameIdsInAnotherOrderAreRefused() {
        append(a, b, c);

        refused(b, a);
        refused(c, b, a);
        refused(a, c, b);
    }

    @Test
    void es4_theSameIdsWithOthersBetweenThemAreRefused() {
        append(a, b, c);
        NewEvent d = NewEvent.of(new Counted(4));
        others(90);
        append(d);

        refused(a, c);
        refused(c, d);
    }

    @Test
    void es4_aRefusedMixtureIsRefusedWithAnExpectedVersionThatFitsToo() {
        append(a);

        assertThatExceptionOfType(EventIdConflictException.class)
                .isThrownBy(() ->
                        store().append(AppendRequest.ofEvents(stream, ExpectedVersion.exactly(1), List.of(a, b))));
        assertThat(stored()).containsExactly(a.id());
    }

    @Test
    void es4_theSameIdsInAnotherStreamAreNewEvents() {
        append(a, b);
        String other = Unique.stream();

        AppendResult result = store().append(AppendRequest.ofEvents(other, ExpectedVersion.noStream(), List.of(b, a)));

        assertThat(result.deduplicated()).isFalse();
        assertThat(store().load(other).events()).extracting(RecordedEvent::id).containsExactly(b.id(), a.id());
    }

    @Test
    void es4_idsOfAnyKindTellEventsApart() {
        UUID random = UUID.randomUUID();
        UUID zero = new UUID(0, 0);
        UUID last = new UUID(-1, -1);
        List<NewEvent> events = Stream.of(last, EventIds.next(), zero, random)
                .map(id -> NewEvent.of(id, new Counted(0)))
                .toList();
        AppendRequest request = AppendRequest.ofEvents(stream, ExpectedVersion.any(), events);

        AppendResult first = store().append(request);

        assertThat(store().append(request)).isEqualTo(repeatOf(first));
        assertThat(stored()).isEqualTo(events.stream().map(NewEvent::id).toList());
    }

    @Test
    void es4_eventsWithIdsOfTheStoresChoosingAreNewEachTime() {
        assertThat(store().append(stream, List.of(new Counted(1))).version()).isEqualTo(1);
        assertThat(store().append(stream, List.of(new Counted(1))).version()).isEqualTo(2);
        assertThat(stored()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void es5_anAppendWhoseConnectionBreaksIsStoredOnceWhenItIsRepeated(boolean stored) {
        AppendRequest request = request(a, b);
        Optional<BrokenAppend> broken = fixture().brokenAppends().map(appends -> appends.breakNext(stored));
        try {
            assertThat(store().append(request).version()).isEqualTo(2);
        } catch (AppendOutcomeUnknownException e) {
            assertThat(broken).isPresent();
            assertThat(e.isRetryable()).isTrue();
            assertThat(e.request()).isEqualTo(request);
        }
        broken.ifPresent(connection -> Eventually.within(fixture().patience())
                .holds("that the fixture broke the connection", connection::hasHappened));

        AppendResult repeated = store().append(request);

        assertThat(repeated.version()).isEqualTo(2);
        assertThat(repeated.positions()).hasSize(2);
        assertThat(store().append(request)).isEqualTo(repeatOf(repeated));
        assertThat(stored()).containsExactly(a.id(), b.id());
    }
}
