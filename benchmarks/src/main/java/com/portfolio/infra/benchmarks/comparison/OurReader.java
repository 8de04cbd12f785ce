package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.benchmarks.BankEvent;
import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.ports.eventstore.LogPage;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.util.List;

/** The library, through its ports. */
final class OurReader implements EventReader {

    static final int PAGE = 2_000;

    /** What is done with the payload of an event that was read. */
    enum Payloads {
        LEFT_ALONE,
        DECODED
    }

    private final NeonDatabase database;
    private final NeonEventStore store;
    private final NeonEventLog log;
    private final Payloads payloads;

    OurReader(PostgresDatabase database, Payloads payloads) {
        this.database = Pools.ours(database);
        this.store = new NeonEventStore(this.database, Sample.CODEC);
        this.log = new NeonEventLog(this.database, Sample.CODEC);
        this.payloads = payloads;
    }

    @Override
    public Seen load(String stream) {
        return see(store.load(stream).events());
    }

    @Override
    public Seen replay() {
        Seen seen = Seen.NOTHING;
        LogPage page;
        Position after = Position.START;
        do {
            page = log.read(LogQuery.after(after).limit(PAGE));
            seen = seen.and(see(page.events()));
            after = page.through();
        } while (!page.atEnd());
        return seen;
    }

    private Seen see(List<RecordedEvent> events) {
        Seen seen = Seen.NOTHING;
        for (RecordedEvent event : events) {
            if (payloads == Payloads.DECODED) {
                Sample.requireEqual(event.payload(BankEvent.class));
            }
            seen = seen.and(event.version());
        }
        return seen;
    }

    @Override
    public void close() {
        database.close();
    }
}
