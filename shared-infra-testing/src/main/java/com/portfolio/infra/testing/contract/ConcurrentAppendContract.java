package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LoadedStream;
import com.portfolio.infra.ports.eventstore.NewEvent;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.testing.contract.Racing.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/** ES.2, ES.3 and ES.4 with many writers at once. */
@DisplayNameGeneration(RuleNames.class)
public abstract class ConcurrentAppendContract {

    private static final int WRITERS = 8;
    private static final int APPENDS = 50;

    private final String stream = Unique.stream();

    protected abstract EventStoreFixture fixture();

    private EventStore store() {
        return fixture().store();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private LoadedStream loadedWithoutHole(long version) {
        LoadedStream loaded = store().load(stream);
        assertThat(loaded.version()).isEqualTo(version);
        assertThat(loaded.events()).extracting(RecordedEvent::version).isEqualTo(oneTo(version));
        return loaded;
    }

    @Test
    void es2_writersThatExpectAnyVersionLeaveNoHoleAndNoDouble() {
        List<List<Long>> versions = Racing.values(WRITERS, writer -> () -> {
            List<Long> own = new ArrayList<>();
            for (int i = 0; i < APPENDS; i++) {
                own.add(store().append(stream, List.of(new Counted(writer * 1_000L + i)))
                        .version());
            }
            return own;
        });

        loadedWithoutHole(WRITERS * APPENDS);
        assertThat(versions.stream().flatMap(List::stream).sorted().toList()).isEqualTo(oneTo(WRITERS * APPENDS));
        assertThat(versions).allSatisfy(own -> assertThat(own).isSorted());
    }

    @Test
    void es2_theEventsOfOneAppendStayTogether() {
        int size = 5;
        Racing.values(WRITERS, writer -> () -> {
            for (int i = 0; i < 10; i++) {
                Counted same = new Counted(writer * 1_000L + i);
                store().append(
                                stream,
                                IntStream.range(0, size).mapToObj(n -> same).toList());
            }
            return true;
        });

        List<Counted> stored = loadedWithoutHole(WRITERS * 10L * size).payloads(Counted.class);
        for (int i = 0; i < stored.size(); i += size) {
            assertThat(stored.subList(i, i + size)).containsOnly(stored.get(i));
        }
    }

    @Test
    void es2_aReaderNeverSeesPartOfAnAppend() {
        AtomicInteger writing = new AtomicInteger(4);
        Racing.values(6, thread -> thread < 4 ? () -> writePairs(writing) : () -> readPairs(writing));

        loadedWithoutHole(4L * APPENDS * 2);
    }

    private Boolean writePairs(AtomicInteger writing) {
        try {
            for (int i = 0; i < APPENDS; i++) {
                store().append(stream, List.of(new Counted(i), new Counted(i)));
            }
            return true;
        } finally {
            writing.decrementAndGet();
        }
    }

    private Boolean readPairs(AtomicInteger writing) {
        while (writing.get() > 0) {
            LoadedStream loaded = store().load(stream);
            assertThat(loaded.version()).isEqualTo(loaded.events().size()).isEven();
            assertThat(loaded.events())
                    .extracting(RecordedEvent::version)
                    .isEqualTo(oneTo(loaded.events().size()));
        }
        return true;
    }

    @Test
    void es3_ofRacingCreatorsOfAStreamExactlyOneWins() {
        for (int round = 0; round < 10; round++) {
            String created = Unique.stream();
            exactlyOneWins(created, ExpectedVersion.noStream(), 0);
            assertThat(store().load(created).version()).isEqualTo(1);
        }
    }

    @Test
    void es3_ofRacingAppendsThatExpectTheSameVersionExactlyOneWins() {
        store().append(stream, List.of(new Counted(0)));
        for (int version = 1; version <= 10; version++) {
            exactlyOneWins(stream, ExpectedVersion.exactly(version), version);
        }
        loadedWithoutHole(11);
    }

    private void exactlyOneWins(String where, ExpectedVersion expected, long version) {
        List<Outcome<AppendResult>> outcomes =
                Racing.outcomes(WRITERS, writer -> () -> store().append(where, expected, List.of(new Counted(writer))));

        assertThat(outcomes).filteredOn(Outcome::succeeded).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.succeeded())
                .extracting(Outcome::failure)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                WrongExpectedVersionException.class,
                                e -> assertThat(e.actual()).isEqualTo(version + 1)));
    }

    @Test
    void es3_writersWhoLoadDecideAndRetryAllGetInOnce() {
        long each = 10;
        Racing.values(WRITERS, writer -> () -> {
            for (int i = 0; i < each; i++) {
                appendNextNumber();
            }
            return true;
        });

        List<Counted> stored = loadedWithoutHole(WRITERS * each).payloads(Counted.class);
        assertThat(stored).extracting(Counted::number).isEqualTo(oneTo(WRITERS * each));
    }

    private void appendNextNumber() {
        while (true) {
            LoadedStream loaded = store().load(stream);
            try {
                store().append(stream, loaded.expectedVersion(), List.of(new Counted(loaded.version() + 1)));
                return;
            } catch (WrongExpectedVersionException e) {
                assertThat(e.actual()).isGreaterThan(loaded.version());
            }
        }
    }

    @Test
    void es4_theSameRequestFromManyThreadsIsStoredOnceAndSucceedsForAll() {
        for (ExpectedVersion expected : List.of(ExpectedVersion.any(), ExpectedVersion.noStream())) {
            String created = Unique.stream();
            AppendRequest request = AppendRequest.ofEvents(
                    created, expected, List.of(NewEvent.of(new Counted(1)), NewEvent.of(new Counted(2))));
            Callable<AppendResult> append = () -> store().append(request);

            List<AppendResult> results = Racing.values(WRITERS, writer -> append);

            assertThat(results)
                    .filteredOn(result -> !result.deduplicated())
                    .hasSize(1)
                    .allSatisfy(first -> assertThat(results).allSatisfy(result -> {
                        assertThat(result.version()).isEqualTo(2);
                        assertThat(result.positions()).isEqualTo(first.positions());
                    }));
            assertThat(store().load(created).version()).isEqualTo(2);
        }
    }
}
