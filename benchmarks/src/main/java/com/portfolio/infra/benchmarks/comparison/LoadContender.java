package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.benchmarks.comparison.EventReader.Seen;
import java.sql.SQLException;

/** Loads one stream after the other, in an order that has nothing to do with how they are stored. */
final class LoadContender implements Contender {

    /** Has no divisor in common with a number of streams such as 3,000, so that all are reached. */
    private static final int STRIDE = 7_919;

    private final String name;
    private final StoredLog log;
    private final EventReader reader;
    private long loaded;

    /**
     * @param place of this contender among {@code of}: each begins elsewhere, so that nobody reads what another one has
     *     just brought into the server's memory
     */
    LoadContender(String name, StoredLog log, EventReader reader, int place, int of) {
        this.name = name;
        this.log = log;
        this.reader = reader;
        this.loaded = (long) place * log.streams() / of;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Slice run(int count) throws SQLException {
        Seen seen = Seen.NOTHING;
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int stream = (int) (++loaded * STRIDE % log.streams());
            seen = seen.and(reader.load(log.stream(stream)));
        }
        long took = System.nanoTime() - begun;
        Seen expected = new Seen(log.stream().events() * count, log.stream().versions() * count);
        Sample.requireSeen(name, expected, seen);
        return Slice.perSecond(seen.events(), seen.events(), took);
    }

    @Override
    public void close() {
        reader.close();
    }
}
