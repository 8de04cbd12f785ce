package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogFilter;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.contract.KitEvent.Counted;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Event logs that break a rule on purpose. */
final class BrokenEventLogs {

    /** Enough for what should happen soon, and short for what never does. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration A_MOMENT = Duration.ofMillis(150);

    private BrokenEventLogs() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(
                log("takesTheLastDashForTheEndOfTheCategory", fixture -> new Log(fixture.log()) {
                    @Override
                    public LogPage read(LogQuery query) {
                        return keep(
                                super.read(query),
                                event -> query.filter().categories().isEmpty()
                                        || query.filter().categories().contains(upToTheLastDash(event)));
                    }
                }),
                log("doesNotWaitForOpenAppends", fixture -> new WithoutWatermark(fixture.log(), fixture.memory())),
                log("skipsTheLastEventOfAFullPage", fixture -> new Log(fixture.log()) {
                    @Override
                    public LogPage read(LogQuery query) {
                        LogPage page = super.read(query);
                        return page.events().size() < query.limit() || query.limit() == 1
                                ? page
                                : new LogPage(
                                        page.log(),
                                        page.events().subList(0, query.limit() - 1),
                                        page.through(),
                                        page.atEnd());
                    }
                }),
                new Mutant<>("letsAnUnrelatedTransactionHoldItBack", () -> new Impatient() {
                    @Override
                    public Optional<UnrelatedTransactions> unrelatedTransactions() {
                        return Optional.of(() -> openAppends()
                                        .orElseThrow()
                                        .open(AppendRequest.of(
                                                Unique.stream(), ExpectedVersion.any(), List.of(new Counted(1))))
                                ::close);
                    }
                }),
                log("neverWakes", fixture -> new Log(fixture.log()) {
                    @Override
                    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
                        if (super.awaitBeyond(position, Duration.ZERO)) {
                            return true;
                        }
                        super.awaitBeyond(position, timeout.compareTo(A_MOMENT) < 0 ? timeout : A_MOMENT);
                        return false;
                    }
                }),
                log("wakesOnlyWhenTheTimeHasRunOut", fixture -> new Log(fixture.log()) {
                    @Override
                    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
                        if (super.awaitBeyond(position, Duration.ZERO)) {
                            return true;
                        }
                        new CountDownLatch(1).await(timeout.toNanos(), TimeUnit.NANOSECONDS);
                        return super.awaitBeyond(position, Duration.ZERO);
                    }
                }),
                log("doesNotHearAnInterruptWhileItWaits", fixture -> new Log(fixture.log()) {
                    @Override
                    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
                        if (Thread.interrupted()) {
                            throw new InterruptedException();
                        }
                        long end = System.nanoTime() + timeout.toNanos();
                        while (true) {
                            try {
                                return super.awaitBeyond(
                                        position, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                            } catch (InterruptedException e) {
                                // It waits on.
                            }
                        }
                    }
                }),
                log("wakesWhereThereIsNothing", fixture -> new Log(fixture.log()) {
                    @Override
                    public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
                        boolean more = super.awaitBeyond(position, timeout);
                        return more || !timeout.isZero();
                    }
                }),
                log("staysWhereNothingMatched", fixture -> new Log(fixture.log()) {
                    @Override
                    public LogPage read(LogQuery query) {
                        LogPage page = super.read(query);
                        return page.events().isEmpty() && page.atEnd()
                                ? new LogPage(page.log(), List.of(), query.after(), true)
                                : page;
                    }
                }),
                log("ignoresTypesInAFilter", fixture -> new Log(fixture.log()) {
                    @Override
                    public LogPage read(LogQuery query) {
                        return super.read(
                                query.matching(new LogFilter(query.filter().categories(), Set.of())));
                    }
                }),
                log("acceptsPositionsBeyondTheHead", fixture -> new Log(fixture.log()) {
                    @Override
                    public LogPage read(LogQuery query) {
                        try {
                            return super.read(query);
                        } catch (CheckpointRefusedException e) {
                            return new LogPage(id(), List.of(), query.after(), true);
                        }
                    }
                }),
                log("keepsItsIdThroughARestore", fixture -> new Log(fixture.log()) {
                    @Override
                    public LogId id() {
                        return new LogId("always the same");
                    }

                    @Override
                    public LogPage read(LogQuery query) {
                        return of(id(), super.read(query));
                    }
                }),
                log("namesTheFormerLogOnTheFirstPageAfterARestore", fixture -> new Log(fixture.log()) {

                    private volatile LogId known = id();

                    @Override
                    public LogPage read(LogQuery query) {
                        LogPage page = of(known, super.read(query));
                        known = id();
                        return page;
                    }
                }),
                log("doesNotLookAtTheIdOfACheckpoint", fixture -> new Log(fixture.log()) {
                    @Override
                    public void verify(Checkpoint checkpoint) {
                        read(LogQuery.after(checkpoint.position()).limit(1));
                    }
                }),
                log("takesAnOutageForTheEnd", fixture -> new TakesAnOutageForTheEnd(fixture.log())));
    }

    private static Mutant<EventStoreFixture> log(String name, Function<Impatient, EventLog> broken) {
        return new Mutant<>(name, () -> {
            Impatient right = new Impatient();
            EventLog log = broken.apply(right);
            return new Impatient(right) {
                @Override
                public EventLog log() {
                    return log;
                }
            };
        });
    }

    private static LogPage keep(LogPage page, Predicate<RecordedEvent> kept) {
        return new LogPage(page.log(), page.events().stream().filter(kept).toList(), page.through(), page.atEnd());
    }

    private static LogPage of(LogId log, LogPage page) {
        return new LogPage(log, page.events(), page.through(), page.atEnd());
    }

    private static String upToTheLastDash(RecordedEvent event) {
        String stream = event.stream().value();
        int dash = stream.lastIndexOf('-');
        return dash < 0 ? stream : stream.substring(0, dash);
    }

    /** The doubles, with less time for what does not happen. */
    private static class Impatient extends InMemoryFixture {

        Impatient() {}

        Impatient(InMemoryFixture same) {
            super(same);
        }

        @Override
        public Duration patience() {
            return PATIENCE;
        }
    }

    /** A log to break. */
    private static class Log implements EventLog {

        private final EventLog right;

        Log(EventLog right) {
            this.right = right;
        }

        @Override
        public LogPage read(LogQuery query) {
            return right.read(query);
        }

        @Override
        public Position head() {
            return right.head();
        }

        @Override
        public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
            return right.awaitBeyond(position, timeout);
        }

        @Override
        public LogId id() {
            return right.id();
        }
    }

    /** Says of what will pass that it will not. */
    private static final class TakesAnOutageForTheEnd extends Log {

        TakesAnOutageForTheEnd(EventLog right) {
            super(right);
        }

        @Override
        public LogPage read(LogQuery query) {
            try {
                return super.read(query);
            } catch (EventStoreUnavailableException e) {
                throw ended(e);
            }
        }

        @Override
        public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
            try {
                return super.awaitBeyond(position, timeout);
            } catch (EventStoreUnavailableException e) {
                throw ended(e);
            }
        }

        @Override
        public LogId id() {
            try {
                return super.id();
            } catch (EventStoreUnavailableException e) {
                throw ended(e);
            }
        }

        private static EventStoreFailedException ended(EventStoreUnavailableException e) {
            return new EventStoreFailedException("The connection is closed.", e);
        }
    }

    /** Hands out everything that is committed, at once. */
    private static final class WithoutWatermark extends Log {

        private final InMemoryEventStore store;

        WithoutWatermark(EventLog right, InMemoryEventStore store) {
            super(right);
            this.store = store;
        }

        @Override
        public LogPage read(LogQuery query) {
            super.read(query.limit(1));
            List<RecordedEvent> later = store.events().stream()
                    .filter(event -> event.position().isAfter(query.after()))
                    .toList();
            List<RecordedEvent> events = later.stream()
                    .filter(query.filter()::matches)
                    .limit(query.limit())
                    .toList();
            List<RecordedEvent> bound = events.size() == query.limit() ? events : later;
            Position through = bound.isEmpty()
                    ? query.after()
                    : bound.get(bound.size() - 1).position();
            return new LogPage(id(), events, through, bound.size() == later.size() || bound.equals(later));
        }

        @Override
        public boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
            return store.events().stream().anyMatch(event -> event.position().isAfter(position))
                    || super.awaitBeyond(position, timeout);
        }
    }
}
