package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.benchmarks.comparison.OurReader.Payloads;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** The scenarios that read, all of them the same database. */
final class ReadScenarios {

    private static final int CONTENDERS = 4;

    private static final List<Comparison> COMPARISONS = List.of(
            Comparison.of(Names.OURS, Names.PLAIN).atLeast(0.7),
            Comparison.of(Names.OURS_DECODED, Names.PLAIN),
            Comparison.of(Names.OURS_DECODED, Names.STRAIGHTFORWARD));

    private static final String DECODING = " Ours hands out events whose payloads are decoded when they are asked for:"
            + " measured once without asking and once with. Straightforward decodes each payload. Plain JDBC reads the"
            + " same rows as ours, with getLong and getString, and decodes nothing.";

    private final BenchmarkServer server;

    ReadScenarios(BenchmarkServer server) {
        this.server = server;
    }

    Lineup load() throws SQLException {
        StoredLog log = server.log();
        return new Lineup(
                "Loading streams of " + log.length(),
                "One thread loads one stream after the other of " + log.streams() + ", whose events lie interleaved."
                        + DECODING,
                Metric.EVENTS_PER_SECOND,
                server.scale().loads(),
                contenders(log, (name, reader, place, of) -> new LoadContender(name, log, reader, place, of)),
                List.of(),
                COMPARISONS);
    }

    Lineup replay() throws SQLException {
        StoredLog log = server.log();
        return new Lineup(
                "Replaying " + String.format(Locale.ROOT, "%,d", log.events()) + " events",
                "One thread reads the log from its beginning to its end: ours by pages of " + OurReader.PAGE
                        + ", straightforward by pages of " + StraightforwardReader.PAGE
                        + ", plain JDBC with a cursor that"
                        + " fetches " + PlainReader.FETCH + "." + DECODING,
                Metric.EVENTS_PER_SECOND,
                Lineup.Share.exactly(1),
                contenders(log, (name, reader, place, of) -> new ReplayContender(name, log, reader)),
                List.of(),
                COMPARISONS);
    }

    /** Makes a contender of a reader. */
    @FunctionalInterface
    private interface Making {

        Contender make(String name, EventReader reader, int place, int of);
    }

    private static List<Contender> contenders(StoredLog log, Making making) throws SQLException {
        PostgresDatabase database = log.database();
        return List.of(
                making.make(Names.OURS, new OurReader(database, Payloads.LEFT_ALONE), 0, CONTENDERS),
                making.make(Names.OURS_DECODED, new OurReader(database, Payloads.DECODED), 1, CONTENDERS),
                making.make(Names.STRAIGHTFORWARD, new StraightforwardReader(database), 2, CONTENDERS),
                making.make(Names.PLAIN, new PlainReader(database), 3, CONTENDERS));
    }
}
