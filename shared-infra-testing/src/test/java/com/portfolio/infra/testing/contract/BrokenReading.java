package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.Direction;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Event stores that read wrongly on purpose. */
final class BrokenReading {

    private BrokenReading() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(
                reading("readsBackwardForward", (store, query) -> {
                    StreamPage page = store.read(query);
                    List<RecordedEvent> events = new ArrayList<>(page.events());
                    if (query.direction() == Direction.BACKWARD) {
                        Collections.reverse(events);
                    }
                    return new StreamPage(page.stream(), page.version(), events, page.next());
                }),
                reading("endsAfterOnePage", (store, query) -> {
                    StreamPage page = store.read(query);
                    return new StreamPage(page.stream(), page.version(), page.events(), Optional.empty());
                }),
                reading(
                        "leavesOutTheFirstVersionAskedFor",
                        (store, query) -> store.read(
                                query.fromVersion() > 1 && query.direction() == Direction.FORWARD
                                        ? query.from(query.fromVersion() + 1)
                                        : query)),
                reading("hidesUnknownTypes", (store, query) -> {
                    StreamPage page = store.read(query);
                    return new StreamPage(
                            page.stream(),
                            page.version(),
                            page.events().stream()
                                    .filter(event -> !event.type().name().equals(KitCodecs.FOREIGN))
                                    .toList(),
                            page.next());
                }));
    }

    private static Mutant<EventStoreFixture> reading(
            String name, BiFunction<EventStore, StreamQuery, StreamPage> read) {
        return BrokenEventStores.broken(name, EventStore::append, read);
    }
}
