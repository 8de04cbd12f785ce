package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventIds;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.eventstore.CheckpointRefusedException;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamId;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A whole event log in memory, whose positions have gaps and whose pages are looked at in small pieces. */
final class SmallLog implements EventLog {

    static final int STEP = 3;
    private static final int LOOKED_AT_PER_PAGE = 20;
    private static final EventCodec CODEC = JacksonEventCodec.of(EventTypes.of(Happened.class, "test.Happened"));

    record Happened(int number) implements DomainEvent {}

    private final List<RecordedEvent> events = new ArrayList<>();
    private LogId id = new LogId("first");

    synchronized RecordedEvent append(String stream, int number) {
        return append(stream, CODEC.encode(new Happened(number)), Metadata.empty());
    }

    synchronized RecordedEvent append(String stream, EncodedPayload payload, Metadata metadata) {
        RecordedEvent event = new RecordedEvent(
                EventIds.next(),
                StreamId.of(stream),
                1
                        + events.stream()
                                .filter(e -> e.stream().value().equals(stream))
                                .count(),
                Position.of((events.size() + 1L) * STEP),
                Instant.now(),
                payload,
                CODEC.encodeMetadata(metadata),
                CODEC);
        events.add(event);
        notifyAll();
        return event;
    }

    synchronized void restore(String newId, int keep) {
        events.subList(keep, events.size()).clear();
        id = new LogId(newId);
        notifyAll();
    }

    synchronized List<RecordedEvent> all() {
        return List.copyOf(events);
    }

    @Override
    public synchronized LogPage read(LogQuery query) {
        if (query.after().isAfter(head())) {
            throw CheckpointRefusedException.beyondTheHead(query.after(), head());
        }
        List<RecordedEvent> found = new ArrayList<>();
        Position through = query.after();
        int looked = 0;
        for (RecordedEvent event : events) {
            if (event.position().isAfter(query.after())) {
                if (found.size() == query.limit() || looked == LOOKED_AT_PER_PAGE) {
                    return new LogPage(id, found, through, false);
                }
                looked++;
                through = event.position();
                if (query.filter().matches(event)) {
                    found.add(event);
                }
            }
        }
        return new LogPage(id, found, through, true);
    }

    @Override
    public synchronized Position head() {
        return events.isEmpty() ? Position.START : events.get(events.size() - 1).position();
    }

    @Override
    public synchronized boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!head().isAfter(position)) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    @Override
    public synchronized LogId id() {
        return id;
    }
}
