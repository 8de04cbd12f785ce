package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** EL.2, EL.3 and EL.4 with many writers at once, and with appends that stay open. */
@DisplayNameGeneration(RuleNames.class)
public abstract class LogConcurrencyContract {

    private static final int WRITERS = 8;
    private static final int READERS = 2;
    private static final int APPENDS = 50;

    /** How long an append stays open, so that others overtake it. */
    private static final long MOMENT = Duration.ofNanos(200_000).toNanos();

    private final String category = Unique.category();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private EventLog log() {
        return fixture().log();
    }

    private LogReading own(Position after) {
        return LogReading.from(log()).after(after).matching(LogFilter.ofCategories(category));
    }

    /** The same without a filter, which a store may read in another way. Only this test appends meanwhile. */
    private LogReading everything(Position after) {
        return LogReading.from(log()).after(after);
    }

    private static List<String> names(List<RecordedEvent> events) {
        return events.stream().map(event -> event.stream().value()).toList();
    }

    private AppendRequest request(String stream) {
        return AppendRequest.of(stream, ExpectedVersion.any(), List.of(new Counted(1)));
    }

    @Test
    void el2_readersThatFollowManyWritersSeeEveryEventOnceAndInOrder() {
        Position before = log().head();
        AtomicInteger writing = new AtomicInteger(WRITERS);
        long seed = System.nanoTime();

        List<List<Position>> positions = Racing.values(
                WRITERS + READERS,
                thread -> thread < WRITERS
                        ? () -> write(new Random(seed + thread), writing)
                        : () -> follow(thread % 2 == 0 ? own(before) : everything(before), writing));

        List<Position> appended = positions.subList(0, WRITERS).stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
        for (List<Position> seen : positions.subList(WRITERS, WRITERS + READERS)) {
            assertThat(seen).as("what a reader saw, seed %d", seed).isEqualTo(appended);
        }
    }

    /** Appends to streams of its own and shared ones; some appends stay open for a moment or come to nothing. */
    private List<Position> write(Random random, AtomicInteger writing) {
        try {
            List<Position> committed = new ArrayList<>();
            for (int i = 0; i < APPENDS; i++) {
                AppendRequest request = AppendRequest.of(
                        category + "-" + random.nextInt(WRITERS * 2),
                        ExpectedVersion.any(),
                        IntStream.rangeClosed(0, random.nextInt(3))
                                .mapToObj(Counted::new)
                                .toList());
                committed.addAll(write(request, random.nextInt(6)));
            }
            return committed;
        } finally {
            writing.decrementAndGet();
        }
    }

    private List<Position> write(AppendRequest request, int way) {
        if (way > 1 || fixture().openAppends().isEmpty()) {
            return store().append(request).positions();
        }
        try (OpenAppend open = fixture().openAppends().get().open(request)) {
            LockSupport.parkNanos(MOMENT);
            if (way == 0) {
                return List.of();
            }
            open.commit();
            return open.result().positions();
        }
    }

    private List<Position> follow(LogReading from, AtomicInteger writing) throws InterruptedException {
        List<Position> seen = new ArrayList<>();
        LogReading reading = from.limit(7);
        boolean last = false;
        while (!last) {
            last = writing.get() == 0;
            reading.all().forEach(event -> seen.add(event.position()));
            if (!last) {
                log().awaitBeyond(reading.through(), Duration.ofMillis(20));
            }
        }
        return seen;
    }

    @Test
    void el2_anOpenAppendHoldsBackWhatComesAfterItUntilItIsCommitted() {
        Position before = log().head();
        String first = category + "-1";
        String second = category + "-2";
        if (fixture().openAppends().isEmpty()) {
            store().append(request(first));
            store().append(request(second));
            assertThat(names(own(before).all())).containsExactly(first, second);
            return;
        }
        LogReading reading = own(before);
        try (OpenAppend open = fixture().openAppends().get().open(request(first))) {
            Position later = store().append(request(second)).lastPosition().orElseThrow();
            Position held = open.result().lastPosition().orElseThrow();

            assertThat(later).isGreaterThan(held);
            assertThat(reading.all()).isEmpty();
            assertThat(reading.through()).isLessThan(held);
            assertThat(everything(before).all()).isEmpty();
            assertThat(log().head()).isLessThan(held);
            open.commit();
        }

        assertThat(names(reading.all())).containsExactly(first, second);
    }

    @Test
    void el2_anOpenAppendThatIsRolledBackIsNeverShownAndLetsTheOthersGo() {
        Position before = log().head();
        String second = category + "-2";
        fixture().openAppends().ifPresent(appends -> {
            try (OpenAppend open = appends.open(request(category + "-1"))) {
                store().append(request(second));
                assertThat(own(before).all()).isEmpty();
                open.rollback();
            }
        });
        store().append(request(second));

        int expected = fixture().openAppends().isPresent() ? 2 : 1;
        assertThat(names(own(before).all())).hasSize(expected).containsOnly(second);
    }

    @Test
    void el2_whatCameBeforeAnOpenAppendIsHandedOutMeanwhile() {
        Position before = log().head();
        String first = category + "-1";
        store().append(request(first));
        fixture().openAppends().ifPresent(appends -> {
            try (OpenAppend open = appends.open(request(category + "-2"))) {
                assertThat(names(own(before).all())).containsExactly(first);
                assertThat(names(everything(before).all())).containsExactly(first);
                assertThat(open.result().positions()).hasSize(1);
            }
        });

        assertThat(names(own(before).all())).containsExactly(first);
    }

    @Test
    void el2_theOldestOfSeveralOpenAppendsIsTheOneThatCounts() {
        Position before = log().head();
        List<String> streams = List.of(category + "-1", category + "-2", category + "-3");
        if (fixture().openAppends().isEmpty()) {
            streams.forEach(stream -> store().append(request(stream)));
        } else {
            EventStoreFixture.OpenAppends appends = fixture().openAppends().get();
            try (OpenAppend first = appends.open(request(streams.get(0)));
                    OpenAppend second = appends.open(request(streams.get(1)));
                    OpenAppend third = appends.open(request(streams.get(2)))) {
                third.commit();
                second.commit();
                assertThat(own(before).all()).isEmpty();
                first.commit();
            }
        }

        assertThat(names(own(before).all())).isEqualTo(streams);
        assertThat(names(everything(before).all())).isEqualTo(streams);
    }

    @Test
    void el4_waitingIsNotEndedByWhatIsHeldBack() throws InterruptedException {
        Position before = log().head();
        if (fixture().openAppends().isPresent()) {
            try (OpenAppend open = fixture().openAppends().get().open(request(category + "-1"))) {
                store().append(request(category + "-2"));
                assertThat(log().awaitBeyond(before, Duration.ofMillis(100))).isFalse();
                open.commit();
            }
        } else {
            store().append(request(category + "-2"));
        }

        assertThat(log().awaitBeyond(before, fixture().patience())).isTrue();
    }

    @Test
    void el3_anUnrelatedTransactionDelaysNobody() {
        Position before = log().head();
        Runnable end = fixture()
                .unrelatedTransactions()
                .map(EventStoreFixture.UnrelatedTransactions::begin)
                .orElse(() -> {});
        try {
            store().append(request(category + "-1"));

            assertThat(own(before).all()).hasSize(1);
        } finally {
            end.run();
        }
    }

    @Test
    void el3_anAppendThatWasRefusedDelaysNobody() {
        Position before = log().head();
        store().append(request(category + "-1"));
        List<Racing.Outcome<AppendResult>> outcomes = Racing.outcomes(
                WRITERS,
                writer -> () ->
                        store().append(category + "-1", ExpectedVersion.exactly(99), List.of(new Counted(writer))));
        assertThat(outcomes).noneMatch(Racing.Outcome::succeeded);
        store().append(request(category + "-2"));

        assertThat(names(own(before).all())).containsExactly(category + "-1", category + "-2");
    }
}
