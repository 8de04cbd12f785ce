package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An event store in memory, for tests.
 *
 * <p>Payloads and metadata go through the codec on the way in and on the way out, so that what a database
 * could not keep fails here too, and two readers share no object. {@link InMemoryEventLog} is its log.
 *
 * <p>Beyond the port it does what operators do ({@link #archive}, {@link #reopen}, {@link #tombstone},
 * {@link #restore}) and what tests need: {@linkplain #appendFaults() failures}, lost answers
 * ({@link #loseNextAnswer()}, {@link #loseNextRequest()}), and appends that stay open ({@link #open},
 * {@link #holdNextAppend}). Thread-safe.
 */
public final class InMemoryEventStore implements EventStore {

    private final EventCodec codec;
    private final Clock clock;
    private final Journal journal;
    private final Faults<AppendRequest> appendFaults = new Faults<>();
    private final Faults<StreamQuery> readFaults = new Faults<>();
    private final ConcurrentLinkedQueue<HeldAppend> holds = new ConcurrentLinkedQueue<>();

    /** A store that takes the time from the system. */
    public InMemoryEventStore(EventCodec codec) {
        this(codec, Clock.systemUTC());
    }

    /**
     * A store with a clock of the test's.
     *
     * @param clock gives {@link RecordedEvent#recordedAt()}, which is kept to the microsecond
     */
    public InMemoryEventStore(EventCodec codec, Clock clock) {
        this(codec, clock, new Journal());
    }

    private InMemoryEventStore(EventCodec codec, Clock clock, Journal journal) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.journal = journal;
    }

    /**
     * Another store over the same data, as another service or another version of this one would have it.
     * What goes wrong with one does not with the other.
     */
    public InMemoryEventStore withCodec(EventCodec other) {
        return new InMemoryEventStore(other, clock, journal);
    }

    @Override
    public AppendResult append(AppendRequest request) {
        Draft draft = Draft.of(request, codec);
        appendFaults.before(request);
        HeldAppend hold = takeHold(request);
        AppendResult result = hold == null ? journal.append(draft, this::now) : appendHeld(draft, hold);
        appendFaults.after(request);
        return result;
    }

    private AppendResult appendHeld(Draft draft, HeldAppend hold) {
        PendingAppend pending = journal.begin(draft, this::now);
        try {
            hold.awaitDecision();
            return journal.commit(pending);
        } finally {
            journal.rollback(pending);
        }
    }

    private @Nullable HeldAppend takeHold(AppendRequest request) {
        for (Iterator<HeldAppend> all = holds.iterator(); all.hasNext(); ) {
            HeldAppend hold = all.next();
            if (hold.matches(request) && holds.remove(hold)) {
                return hold;
            }
        }
        return null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public StreamPage read(StreamQuery query) {
        Objects.requireNonNull(query, "query");
        readFaults.before(query);
        Journal.StreamView stream = journal.stream(query);
        StreamPage page = StreamPage.of(query, stream.version(), recorded(stream.events()));
        readFaults.after(query);
        return page;
    }

    private List<RecordedEvent> recorded(List<StoredEvent> events) {
        return events.stream().map(event -> event.recorded(codec)).toList();
    }

    /**
     * Makes a stream refuse appends. It can still be read.
     *
     * @return whether there is such a stream
     */
    public boolean archive(String streamId) {
        return journal.archive(StreamId.of(streamId), true);
    }

    /**
     * Lets an archived stream take appends again.
     *
     * @return whether there is such a stream
     */
    public boolean reopen(String streamId) {
        return journal.archive(StreamId.of(streamId), false);
    }

    /**
     * Deletes a stream from all reads, and its name from use, whether it was used or not.
     *
     * @return how many events were deleted
     */
    public int tombstone(String streamId) {
        return journal.tombstone(StreamId.of(streamId));
    }

    /**
     * Restores the store from a backup that was made when its log was at a position.
     *
     * <p>Later events are gone, their positions are given out again, and the log has another {@link LogId}.
     * Appends that are open are ended. Archived and tombstoned streams stay so.
     *
     * @throws EventStoreFailedException if the log never was at that position
     */
    public void restore(Position backup) {
        journal.restore(backup);
    }

    /**
     * Appends without committing: positions are drawn and the stream is taken, as by a slow transaction.
     *
     * <p>Another append to the stream waits up to 10 seconds for it, and is refused then.
     */
    public InMemoryOpenAppend open(AppendRequest request) {
        return new InMemoryOpenAppend(journal, journal.begin(Draft.of(request, codec), this::now));
    }

    /** Holds the next append that matches open until the test decides; its caller waits. */
    public HeldAppend holdNextAppend(Predicate<AppendRequest> matching) {
        HeldAppend hold = new HeldAppend(matching);
        holds.add(hold);
        return hold;
    }

    /** The next append is stored, and its caller is told that this is unknown. */
    public void loseNextAnswer() {
        appendFaults.failNextAfterwards(1, InMemoryEventStore::outcomeUnknown);
    }

    /** The next append is not stored, and its caller is told that this is unknown. */
    public void loseNextRequest() {
        appendFaults.failNext(InMemoryEventStore::outcomeUnknown);
    }

    private static AppendOutcomeUnknownException outcomeUnknown(AppendRequest request) {
        return new AppendOutcomeUnknownException(request, Duration.ofSeconds(5), null);
    }

    /** What goes wrong with appends; payloads that can't be written are refused before. */
    public Faults<AppendRequest> appendFaults() {
        return appendFaults;
    }

    /** What goes wrong with reading streams. */
    public Faults<StreamQuery> readFaults() {
        return readFaults;
    }

    /** All committed events of all streams, in the order of their positions. */
    public List<RecordedEvent> events() {
        return journal.everything().stream().map(event -> event.recorded(codec)).toList();
    }

    Journal journal() {
        return journal;
    }

    EventCodec codec() {
        return codec;
    }
}
