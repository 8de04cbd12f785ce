package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.Direction;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.StreamClosedException.Reason;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One stream: its events and the rules for the next ones. Guarded by the lock of the journal. */
final class StreamState {

    private final StreamId id;
    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<UUID, Long> versions = new HashMap<>();
    private @Nullable Reason closed;

    StreamState(StreamId id) {
        this.id = id;
    }

    long version() {
        return events.size();
    }

    List<StoredEvent> events() {
        return events;
    }

    List<StoredEvent> select(StreamQuery query) {
        boolean forward = query.direction() == Direction.FORWARD;
        long version = forward ? Math.max(1, query.fromVersion()) : Math.min(version(), query.fromVersion());
        List<StoredEvent> selected = new ArrayList<>();
        while (version >= 1 && version <= version() && selected.size() < query.limit()) {
            selected.add(events.get((int) version - 1));
            version += forward ? 1 : -1;
        }
        return selected;
    }

    @Nullable Reason closed() {
        return closed;
    }

    void close(@Nullable Reason reason) {
        closed = reason;
    }

    void add(StoredEvent event) {
        events.add(event);
        versions.put(event.id(), event.version());
    }

    void removeLast() {
        versions.remove(events.remove(events.size() - 1).id());
    }

    void clear() {
        events.clear();
        versions.clear();
    }

    /**
     * What the append comes to without storing anything; empty if its events have to be stored.
     *
     * <p>A repeated append is looked for first: it is answered as it was the first time, whatever became
     * of the stream since.
     */
    Optional<AppendResult> answer(AppendRequest request) {
        Optional<AppendResult> repeated = repeated(request);
        if (repeated.isPresent()) {
            return repeated;
        }
        if (closed != null) {
            throw new StreamClosedException(id, closed);
        }
        if (!request.expected().matches(version())) {
            throw new WrongExpectedVersionException(id, request.expected(), version());
        }
        return request.events().isEmpty()
                ? Optional.of(new AppendResult(id, version(), List.of(), false))
                : Optional.empty();
    }

    private Optional<AppendResult> repeated(AppendRequest request) {
        List<@Nullable Long> known = new ArrayList<>();
        request.events().forEach(event -> known.add(versions.get(event.id())));
        if (known.stream().allMatch(version -> version == null)) {
            return Optional.empty();
        }
        Long first = known.get(0);
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            Long version = known.get(i);
            if (first == null || version == null || version != first + i) {
                throw new EventIdConflictException(id);
            }
            positions.add(Position.of(events.get(version.intValue() - 1).position()));
        }
        return Optional.of(new AppendResult(id, first == null ? 0 : first + known.size() - 1, positions, true));
    }
}
