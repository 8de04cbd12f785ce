package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.testing.memory.InMemoryEventLog;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.testing.memory.InMemoryOpenAppend;
import java.util.Optional;

/** The doubles for events. */
class InMemoryFixture implements EventStoreFixture {

    private final InMemoryEventStore store;
    private final InMemoryEventLog log;

    InMemoryFixture() {
        this(KitCodecs.current());
    }

    InMemoryFixture(EventCodec codec) {
        this.store = new InMemoryEventStore(codec);
        this.log = new InMemoryEventLog(store);
    }

    InMemoryFixture(InMemoryFixture same) {
        this.store = same.store;
        this.log = same.log;
    }

    InMemoryEventStore memory() {
        return store;
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public EventStore storeWith(EventCodec codec) {
        return store.withCodec(codec);
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public StreamOperator operator() {
        return new StreamOperator() {
            @Override
            public void archive(String streamId) {
                store.archive(streamId);
            }

            @Override
            public void reopen(String streamId) {
                store.reopen(streamId);
            }

            @Override
            public void tombstone(String streamId) {
                store.tombstone(streamId);
            }
        };
    }

    @Override
    public Optional<OpenAppends> openAppends() {
        return Optional.of(request -> new Open(store.open(request)));
    }

    @Override
    public Optional<BrokenAppends> brokenAppends() {
        return Optional.of(stored -> {
            if (stored) {
                store.loseNextAnswer();
            } else {
                store.loseNextRequest();
            }
            int before = store.appendFaults().struck();
            return () -> store.appendFaults().struck() > before;
        });
    }

    @Override
    public Optional<LogRestore> restore() {
        return Optional.of(store::restore);
    }

    @Override
    public Optional<Outages> outages() {
        return Optional.of(() -> {
            log.faults().failAll(call -> true, call -> new EventStoreUnavailableException("away", null));
            return log.faults()::clear;
        });
    }

    private record Open(InMemoryOpenAppend append) implements OpenAppend {

        @Override
        public AppendResult result() {
            return append.result();
        }

        @Override
        public void commit() {
            append.commit();
        }

        @Override
        public void rollback() {
            append.rollback();
        }
    }
}
