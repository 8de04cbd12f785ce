package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.StreamClosedException.Reason;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one record of what happened, which store and log read.
 *
 * <p>An append has two steps, as in a database: it takes its stream and draws its positions, then it
 * commits or rolls back. Between the two other streams go on, appends to the same stream wait, and the log
 * hands out nothing beyond the positions that may still appear.
 */
final class Journal {

    /** How many events one page of the log looks at, at least, while it searches for those that match. */
    static final int LOOKED_AT = 1_000;

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final Map<StreamId, StreamState> streams = new HashMap<>();
    private final TreeMap<Long, StoredEvent> log = new TreeMap<>();
    private final Set<PendingAppend> open = new HashSet<>();
    private final Set<StreamId> taken = new HashSet<>();

    private long lastGivenOut;
    private long lastCommitted;
    private LogId id = newId();

    /** What a page of the log is made from. */
    record Looked(LogId log, List<StoredEvent> events, long through, long head) {}

    /** What a page of a stream is made from. */
    record StreamView(long version, List<StoredEvent> events) {}

    private static LogId newId() {
        return new LogId(UUID.randomUUID().toString());
    }

    // ---- appending

    AppendResult append(Draft draft, Supplier<Instant> now) {
        lock.lock();
        try {
            return commit(begin(draft, now));
        } finally {
            lock.unlock();
        }
    }

    /** Takes the stream, decides, and draws positions for what has to be stored. */
    PendingAppend begin(Draft draft, Supplier<Instant> now) {
        StreamId stream = draft.request().stream();
        lock.lock();
        try {
            awaitFree(stream);
            StreamState state = streams.getOrDefault(stream, new StreamState(stream));
            Optional<AppendResult> answer = state.answer(draft.request());
            PendingAppend pending = answer.map(result -> new PendingAppend(stream, result, List.of()))
                    .orElseGet(() -> draw(draft, state.version(), now.get()));
            open.add(pending);
            taken.add(stream);
            return pending;
        } finally {
            lock.unlock();
        }
    }

    private PendingAppend draw(Draft draft, long version, Instant recordedAt) {
        StreamId stream = draft.request().stream();
        List<StoredEvent> events = new ArrayList<>();
        List<Position> positions = new ArrayList<>();
        for (Draft.Line line : draft.lines()) {
            version++;
            lastGivenOut++;
            positions.add(Position.of(lastGivenOut));
            events.add(new StoredEvent(
                    line.id(), stream, version, lastGivenOut, recordedAt, line.payload(), line.metadata()));
        }
        return new PendingAppend(stream, new AppendResult(stream, version, positions, false), events);
    }

    AppendResult commit(PendingAppend pending) {
        lock.lock();
        try {
            if (!end(pending)) {
                throw new EventStoreUnavailableException(
                        "The append to stream '" + pending.stream() + "' was ended before it was committed;"
                                + " nothing was stored.",
                        null);
            }
            for (StoredEvent event : pending.events()) {
                stateOf(event.stream()).add(event);
                log.put(event.position(), event);
                lastCommitted = Math.max(lastCommitted, event.position());
            }
            return pending.result();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the positions go; they are never given out again. */
    void rollback(PendingAppend pending) {
        lock.lock();
        try {
            end(pending);
        } finally {
            lock.unlock();
        }
    }

    private boolean end(PendingAppend pending) {
        boolean wasOpen = open.remove(pending);
        if (wasOpen) {
            taken.remove(pending.stream());
            changed.signalAll();
        }
        return wasOpen;
    }

    private void awaitFree(StreamId stream) {
        long remaining = LOCK_TIMEOUT.toNanos();
        boolean interrupted = false;
        while (taken.contains(stream)) {
            if (remaining <= 0) {
                throw new EventStoreUnavailableException(
                        "Stream '" + stream + "' was held by another append for " + LOCK_TIMEOUT.toSeconds()
                                + " s; nothing was stored.",
                        null);
            }
            try {
                remaining = changed.awaitNanos(remaining);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- reading

    StreamView stream(StreamQuery query) {
        lock.lock();
        try {
            StreamState state = streams.get(query.stream());
            return state == null ? new StreamView(0, List.of()) : new StreamView(state.version(), state.select(query));
        } finally {
            lock.unlock();
        }
    }

    /** The next events of the log after a position, no more than are looked at for one page. */
    Looked look(Position after, int limit) {
        lock.lock();
        try {
            if (after.value() > lastGivenOut) {
                throw CheckpointRefusedException.beyondTheHead(after, Position.of(lastGivenOut));
            }
            long head = headNow();
            int most = Math.max(limit, LOOKED_AT);
            List<StoredEvent> events = new ArrayList<>();
            for (StoredEvent event : log.tailMap(after.value(), false).values()) {
                if (event.position() > head || events.size() == most) {
                    break;
                }
                events.add(event);
            }
            long through = events.size() == most ? events.get(most - 1).position() : Math.max(after.value(), head);
            return new Looked(id, events, through, head);
        } finally {
            lock.unlock();
        }
    }

    List<StoredEvent> everything() {
        lock.lock();
        try {
            return List.copyOf(log.values());
        } finally {
            lock.unlock();
        }
    }

    long head() {
        lock.lock();
        try {
            return headNow();
        } finally {
            lock.unlock();
        }
    }

    private long headNow() {
        long settled = open.stream()
                .filter(pending -> !pending.events().isEmpty())
                .mapToLong(pending -> pending.events().get(0).position() - 1)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.min(lastCommitted, settled);
    }

    boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remaining = nanos(timeout);
            while (headNow() <= position.value()) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(Duration timeout) {
        return TimeUnit.NANOSECONDS.convert(timeout);
    }

    LogId id() {
        lock.lock();
        try {
            return id;
        } finally {
            lock.unlock();
        }
    }

    // ---- what operators do

    boolean archive(StreamId stream, boolean archived) {
        lock.lock();
        try {
            awaitFree(stream);
            StreamState state = streams.get(stream);
            if (state == null || state.closed() == Reason.TOMBSTONED) {
                return false;
            }
            state.close(archived ? Reason.ARCHIVED : null);
            return true;
        } finally {
            lock.unlock();
        }
    }

    int tombstone(StreamId stream) {
        lock.lock();
        try {
            awaitFree(stream);
            StreamState state = stateOf(stream);
            List<StoredEvent> gone = List.copyOf(state.events());
            gone.forEach(event -> log.remove(event.position()));
            state.clear();
            state.close(Reason.TOMBSTONED);
            return gone.size();
        } finally {
            lock.unlock();
        }
    }

    /** Goes back to a position, under a new id. Appends that are open are ended. */
    void restore(Position position) {
        lock.lock();
        try {
            if (position.value() > lastGivenOut) {
                throw new EventStoreFailedException(
                        "There is no backup of position " + position + "; the log ends at " + lastGivenOut + ".", null);
            }
            Map<Long, StoredEvent> lost = log.tailMap(position.value(), false);
            lost.values().forEach(event -> stateOf(event.stream()).removeLast());
            lost.clear();
            streams.values().removeIf(state -> state.version() == 0 && state.closed() != Reason.TOMBSTONED);
            open.clear();
            taken.clear();
            lastGivenOut = position.value();
            lastCommitted = Math.min(lastCommitted, position.value());
            id = newId();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private StreamState stateOf(StreamId stream) {
        return streams.computeIfAbsent(stream, StreamState::new);
    }
}
