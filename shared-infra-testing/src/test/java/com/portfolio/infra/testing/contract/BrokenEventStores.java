package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.StreamPage;
import com.portfolio.infra.ports.eventstore.StreamQuery;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Event stores that break a rule on purpose. */
final class BrokenEventStores {

    private BrokenEventStores() {}

    static Stream<Mutant<EventStoreFixture>> all() {
        return Stream.of(BrokenAppending.all(), BrokenReading.all(), BrokenCodecs.all(), BrokenAbilities.all())
                .flatMap(broken -> broken);
    }

    /** The double for events, with another way to append and to read. */
    static Mutant<EventStoreFixture> broken(
            String name,
            BiFunction<EventStore, AppendRequest, AppendResult> append,
            BiFunction<EventStore, StreamQuery, StreamPage> read) {
        return new Mutant<>(name, () -> new InMemoryFixture() {
            @Override
            public EventStore store() {
                EventStore right = super.store();
                return new EventStore() {
                    @Override
                    public AppendResult append(AppendRequest request) {
                        return append.apply(right, request);
                    }

                    @Override
                    public StreamPage read(StreamQuery query) {
                        return read.apply(right, query);
                    }
                };
            }
        });
    }
}
