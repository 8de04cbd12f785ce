package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.testing.contract.KitEvent.Noted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EL.2 for a single reader, EL.4's waiting, and EL.5: pages, filters, and waiting for more. */
@DisplayNameGeneration(RuleNames.class)
public abstract class LogReadingContract {

    private static final int SIZE = 7;

    private final String category = Unique.category();
    private final String stream = category + "-1";

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private EventLog log() {
        return fixture().log();
    }

    /** Appends and gives the position before, so that the test does not read the whole log. */
    private Position appended(int events) {
        Position before = log().head();
        for (int i = 1; i <= events; i++) {
            store().append(stream, List.of(new Counted(i)));
        }
        return before;
    }

    private LogReading own(Position before) {
        return LogReading.from(log()).after(before).matching(LogFilter.ofCategories(category));
    }

    private static List<Long> versions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::version).toList();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void el2_whatWasAppendedIsHandedOutOnceTheAppendHasReturned() {
        for (int i = 1; i <= 20; i++) {
            Position position = store().append(stream, List.of(new Counted(i)))
                    .lastPosition()
                    .orElseThrow();

            assertThat(log().head()).isGreaterThanOrEqualTo(position);
            LogPage page = log().read(LogQuery.after(Position.of(position.value() - 1)));
            assertThat(page.events()).extracting(RecordedEvent::position).contains(position);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, SIZE - 1, SIZE, SIZE + 1, LogQuery.DEFAULT_LIMIT, LogQuery.MAX_LIMIT})
    void el2_readingOnFromPageToPageGivesEveryEventOnce(int limit) {
        Position before = appended(SIZE);

        assertThat(versions(own(before).limit(limit).all())).isEqualTo(oneTo(SIZE));
        assertThat(versions(LogReading.from(log()).after(before).limit(limit).all().stream()
                        .filter(event -> event.stream().category().equals(category))
                        .toList()))
                .isEqualTo(oneTo(SIZE));
    }

    @Test
    void el2_readingFromThePositionOfAnEventLeavesThatEventOut() {
        Position before = appended(3);
        List<RecordedEvent> events = own(before).all();

        assertThat(versions(own(events.get(0).position()).all())).containsExactly(2L, 3L);
        assertThat(versions(own(events.get(2).position()).all())).isEmpty();
    }

    @Test
    void el2_aPageTellsWhetherThereIsMore() {
        Position before = appended(3);
        LogReading reading = own(before).limit(2);

        assertThat(reading.next().atEnd()).isFalse();
        LogPage rest = reading.next();
        while (!rest.atEnd()) {
            rest = reading.next();
        }
        assertThat(reading.through()).isGreaterThanOrEqualTo(log().head());
    }

    @Test
    void el2_aPageAtTheEndOfTheLogIsEmptyAndGoesNotBack() {
        appended(1);
        Position head = log().head();

        LogPage page = log().read(LogQuery.after(head));

        assertThat(page.events()).isEmpty();
        assertThat(page.through()).isEqualTo(head);
        assertThat(page.atEnd()).isTrue();
    }

    @Test
    void el2_whatIsAppendedAfterAPageIsOnTheNext() {
        Position before = appended(2);
        LogReading reading = own(before);
        assertThat(reading.all()).hasSize(2);

        store().append(stream, List.of(new Counted(3)));

        assertThat(versions(reading.all())).containsExactly(3L);
    }

    @Test
    void el2_manyEventsOfOneAppendAreHandedOutInTheirOrder() {
        Position before = log().head();
        store().append(
                        stream,
                        LongStream.rangeClosed(1, 1_500).mapToObj(Counted::new).toList());

        assertThat(versions(own(before).limit(400).all())).isEqualTo(oneTo(1_500));
    }

    private Position appendedMixture(String otherCategory) {
        Position before = log().head();
        store().append(category + "-1", List.of(new Counted(1), new Noted("2")));
        store().append(otherCategory + "-1", List.of(new Counted(3), new Noted("4")));
        store().append(category + "-2", List.of(new Noted("5"), new Counted(6)));
        return before;
    }

    private List<Object> matching(Position before, LogFilter filter) {
        List<Object> payloads = new ArrayList<>();
        LogReading.from(log()).after(before).matching(filter).all().forEach(event -> payloads.add(event.payload()));
        return payloads;
    }

    @Test
    void el5_aFilterByCategoryGivesTheEventsOfAnyOfThem() {
        String other = Unique.category();
        Position before = appendedMixture(other);

        assertThat(matching(before, LogFilter.ofCategories(other))).containsExactly(new Counted(3), new Noted("4"));
        assertThat(matching(before, LogFilter.ofCategories(category, other, Unique.category())))
                .containsExactly(
                        new Counted(1), new Noted("2"), new Counted(3), new Noted("4"), new Noted("5"), new Counted(6));
    }

    @Test
    void el5_aFilterByTypeGivesTheEventsOfAnyOfThem() {
        Position before = appendedMixture(Unique.category());

        assertThat(matching(before, LogFilter.ofTypes(KitCodecs.COUNTED)))
                .containsExactly(new Counted(1), new Counted(3), new Counted(6));
        assertThat(matching(before, LogFilter.ofTypes(KitCodecs.COUNTED, KitCodecs.NOTED)))
                .hasSize(6);
        assertThat(matching(before, LogFilter.ofTypes(KitCodecs.FOREIGN))).isEmpty();
    }

    @Test
    void el5_aFilterByBothGivesTheEventsThatPassBoth() {
        Position before = appendedMixture(Unique.category());

        assertThat(matching(before, new LogFilter(Set.of(category), Set.of(KitCodecs.NOTED))))
                .containsExactly(new Noted("2"), new Noted("5"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 500})
    void el5_readingMovesPastEventsThatAreFilteredOut(int limit) {
        Position before = appended(SIZE);
        LogReading reading = LogReading.from(log())
                .after(before)
                .matching(LogFilter.ofCategories(Unique.category()))
                .limit(limit);

        assertThat(reading.all()).isEmpty();
        assertThat(reading.through()).isEqualTo(log().head()).isGreaterThan(before);
    }

    @Test
    void el5_anEventAmongManyThatAreFilteredOutIsFound() {
        String other = Unique.category();
        Position before = log().head();
        List<Counted> many =
                LongStream.rangeClosed(1, 3_000).mapToObj(Counted::new).toList();
        store().append(stream, many);
        store().append(other, List.of(new Counted(1)));
        store().append(stream, many);

        assertThat(LogReading.from(log())
                        .after(before)
                        .matching(LogFilter.ofCategories(other))
                        .limit(1)
                        .all())
                .hasSize(1);
    }

    @Test
    void el4_waitingReturnsAtOnceWhereThereIsMore() throws InterruptedException {
        Position before = appended(1);

        assertThat(log().awaitBeyond(before, Duration.ZERO)).isTrue();
        assertThat(log().awaitBeyond(before, fixture().patience())).isTrue();
    }

    @Test
    void el4_waitingEndsWhenTheTimeHasRunOut() throws InterruptedException {
        appended(1);
        Position head = log().head();
        long start = System.nanoTime();

        assertThat(log().awaitBeyond(head, Duration.ZERO)).isFalse();
        assertThat(log().awaitBeyond(head, Duration.ofMillis(100))).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), fixture().patience());
    }

    @Test
    void el4_waitingEndsSoonAfterAnAppend() {
        Position head = log().head();
        Duration patience = fixture().patience();

        List<Boolean> woken = Racing.values(3, thread -> () -> {
            if (thread == 0) {
                store().append(stream, List.of(new Counted(1)));
                return true;
            }
            return log().awaitBeyond(head, patience);
        });

        assertThat(woken).containsOnly(true);
        assertThat(log().read(LogQuery.after(head)).events()).isNotEmpty();
    }

    /** A wait that an append does not end lasts for several times as long as the append is given to end it. */
    private WaitingReader waitingReader() {
        return WaitingReader.behindTheHeadOf(log(), fixture().patience().multipliedBy(4));
    }

    @Test
    void el4_anOwnAppendEndsAWaitLongBeforeItsTimeout() throws Throwable {
        WaitingReader reader = waitingReader();

        store().append(stream, List.of(new Counted(1)));

        assertThat(reader.outcome(fixture().patience())).isTrue();
    }

    @Test
    void el4_aThreadThatIsInterruptedWhileItWaitsStopsWaiting() {
        WaitingReader reader = waitingReader();
        try {
            reader.interrupt();

            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> reader.outcome(fixture().patience()));
        } finally {
            // One that does not stop must not stay behind.
            store().append(stream, List.of(new Counted(1)));
        }
    }

    @Test
    void el4_aThreadThatIsInterruptedStopsWaiting() {
        Position head = log().head();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> log().awaitBeyond(head, fixture().patience()));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void el4_waitingForANegativeTimeIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> log().awaitBeyond(Position.START, Duration.ofMillis(-1)));
    }

    @Test
    @SuppressWarnings("NullAway") // the point is a null where none may be
    void el2_aNullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> log().read(null));
        assertThatNullPointerException().isThrownBy(() -> log().verify(null));
        assertThatNullPointerException().isThrownBy(() -> log().awaitBeyond(null, Duration.ZERO));
    }
}
