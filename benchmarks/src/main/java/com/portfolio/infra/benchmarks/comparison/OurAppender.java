package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.util.Collections;
import java.util.List;

/** The library: through its port, with its codec and its pool, as the role that has no rights but the functions. */
final class OurAppender implements Appender {

    /** What the stream's version is expected to be. */
    enum Expecting {
        EXACTLY,
        ANY
    }

    private final NeonDatabase database;
    private final NeonEventStore store;
    private final Expecting expecting;

    OurAppender(PostgresDatabase database, Expecting expecting) {
        this.database = Pools.ours(database);
        this.store = new NeonEventStore(this.database, Sample.CODEC);
        this.expecting = expecting;
    }

    @Override
    public void append(String stream, long version, int events) {
        List<DomainEvent> payloads = Collections.nCopies(events, Sample.EVENT);
        ExpectedVersion expected =
                expecting == Expecting.ANY ? ExpectedVersion.any() : ExpectedVersion.exactly(version);
        store.append(AppendRequest.of(stream, expected, payloads).with(Sample.METADATA));
    }

    @Override
    public void close() {
        database.close();
    }
}
