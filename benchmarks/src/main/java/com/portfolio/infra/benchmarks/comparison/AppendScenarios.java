package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.benchmarks.comparison.OurAppender.Expecting;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scenarios that write. Each has a database of its own, and each contender a table or streams of its own. */
final class AppendScenarios {

    private static final Duration ONE_WAY = Duration.ofMillis(2);
    private static final int MANY_WRITERS = 64;
    static final int TEN = 10;

    private static final String OUR_TABLE = "infra.events";
    private static final String PLAIN_TABLE = "plain.events";
    private static final String CALLED = "called";
    private static final String COUNTED = "counted";
    private static final String STRAIGHTFORWARD_TABLE = "straightforward.events";

    private static final String STREAMS =
            " Streams that exist already, each writer going round its own. Ours expects the"
                    + " exact version, checks that the events are new, and encodes them; so does straightforward, but for the"
                    + " check. Plain JDBC and pgbench send texts that are encoded already and check nothing.";

    private final BenchmarkServer server;

    AppendScenarios(BenchmarkServer server) {
        this.server = server;
    }

    Lineup oneEvent() throws Exception {
        AppendPlan plan = plan(1, 1);
        Metric metric = Metric.APPENDS_PER_SECOND;
        PostgresDatabase database = server.emptyDatabase();
        List<Contender> contenders = new ArrayList<>();
        contenders.add(ours(plan, metric, database, database, Expecting.EXACTLY));
        contenders.add(ours(plan, metric, database, database, Expecting.ANY));
        contenders.add(straightforward(plan, metric, database, database));
        contenders.add(plain(plan, metric, PlainWriter.inserting(database, plan.events()), database));
        return new Lineup(
                "One event by one writer",
                "One thread, one event an append. Plain JDBC keeps its connection and its statement." + STREAMS,
                metric,
                server.scale().appends(),
                contenders,
                addPgBench(contenders, plan, database),
                List.of(
                        Comparison.of(Names.OURS, Names.PGBENCH).atLeast(0.8),
                        Comparison.of(Names.OURS, Names.PLAIN),
                        Comparison.of(Names.PLAIN, Names.PGBENCH),
                        Comparison.of(Names.OURS, Names.STRAIGHTFORWARD)));
    }

    Lineup tenEvents() throws SQLException {
        AppendPlan plan = plan(1, TEN);
        Metric metric = Metric.APPENDS_PER_SECOND;
        PostgresDatabase database = server.emptyDatabase();
        return new Lineup(
                "Ten events by one writer",
                "One thread, ten events an append. Plain JDBC inserts them by one statement, with unnest. By a function:"
                        + " the same statement inside a function like ours, alone and after an update of the stream's row."
                        + STREAMS,
                metric,
                server.scale().appends(),
                List.of(
                        ours(plan, metric, database, database, Expecting.EXACTLY),
                        straightforward(plan, metric, database, database),
                        plain(plan, metric, PlainWriter.inserting(database, plan.events()), database),
                        called(Names.PLAIN_CALLED, CALLED, plan, metric, database),
                        called(Names.PLAIN_COUNTED, COUNTED, plan, metric, database)),
                List.of(),
                List.of(
                        Comparison.of(Names.OURS, Names.PLAIN).atLeast(0.85),
                        Comparison.of(Names.PLAIN_CALLED, Names.PLAIN),
                        Comparison.of(Names.PLAIN_COUNTED, Names.PLAIN),
                        Comparison.of(Names.OURS, Names.STRAIGHTFORWARD)));
    }

    Lineup manyWriters() throws Exception {
        AppendPlan plan = plan(MANY_WRITERS, 1);
        Metric metric = Metric.APPENDS_PER_SECOND;
        PostgresDatabase database = server.emptyDatabase();
        List<Contender> contenders = new ArrayList<>();
        contenders.add(ours(plan, metric, database, database, Expecting.EXACTLY));
        contenders.add(straightforward(plan, metric, database, database));
        contenders.add(plain(plan, metric, new PlainAppender(database), database));
        return new Lineup(
                "One event by each of 64 writers",
                "64 threads over " + Pools.SIZE + " connections, one event an append; pgbench has 64 connections."
                        + STREAMS,
                metric,
                server.scale().appends(),
                contenders,
                addPgBench(contenders, plan, database),
                List.of(
                        Comparison.of(Names.OURS, Names.PGBENCH),
                        Comparison.of(Names.OURS, Names.PLAIN),
                        Comparison.of(Names.OURS, Names.STRAIGHTFORWARD)));
    }

    /** The same appends over a network on which a packet takes two milliseconds. */
    Lineup roundTrips(int events) {
        AppendPlan plan = plan(1, events);
        Metric metric = Metric.MILLISECONDS_AN_APPEND;
        PostgresDatabase database = server.emptyDatabase();
        return new Lineup(
                (events == TEN ? "Ten events" : "One event") + " by one writer, 2 ms away",
                "Through a proxy that adds 2 ms each way; the median of the appends of a round." + STREAMS,
                metric,
                server.scale().appends(),
                List.of(
                        proxied(database, reached -> ours(plan, metric, database, reached, Expecting.EXACTLY)),
                        proxied(database, reached -> straightforward(plan, metric, database, reached)),
                        proxied(database, reached -> plain(plan, metric, new PlainAppender(reached), database))),
                List.of(),
                List.of(Comparison.of(Names.OURS, Names.STRAIGHTFORWARD), Comparison.of(Names.OURS, Names.PLAIN)));
    }

    /** Makes a contender who reaches the database in some way. */
    @FunctionalInterface
    private interface Making {

        Contender over(PostgresDatabase reached);
    }

    private static ProxiedContender proxied(PostgresDatabase database, Making making) {
        FaultyProxy proxy = FaultyProxy.to(database.address());
        proxy.latency(ONE_WAY, ONE_WAY);
        return new ProxiedContender(making.over(database.through(proxy.address())), proxy);
    }

    private AppendPlan plan(int writers, int events) {
        return new AppendPlan(writers, events, Math.max(1, server.scale().writtenStreams() / writers));
    }

    private static Contender ours(
            AppendPlan plan, Metric metric, PostgresDatabase owner, PostgresDatabase reached, Expecting expecting) {
        String streams = expecting == Expecting.ANY ? "any" : "account";
        return new AppendContender(
                expecting == Expecting.ANY ? Names.OURS_ANY : Names.OURS,
                plan,
                metric,
                new OurAppender(reached, expecting),
                new StoredEvents(owner, OUR_TABLE, streams));
    }

    private static Contender straightforward(
            AppendPlan plan, Metric metric, PostgresDatabase owner, PostgresDatabase reached) {
        return new AppendContender(
                Names.STRAIGHTFORWARD,
                plan,
                metric,
                new StraightforwardAppender(reached),
                new StoredEvents(owner, STRAIGHTFORWARD_TABLE, "account"));
    }

    private static Contender plain(AppendPlan plan, Metric metric, Appender appender, PostgresDatabase owner) {
        return new AppendContender(
                Names.PLAIN, plan, metric, appender, new StoredEvents(owner, PLAIN_TABLE, "account"));
    }

    private static Contender called(
            String name, String schema, AppendPlan plan, Metric metric, PostgresDatabase database) throws SQLException {
        Appender appender = PlainWriter.calling(database, schema);
        return new AppendContender(
                name, plan, metric, appender, new StoredEvents(database, schema + ".events", "account"));
    }

    /** Adds pgbench, or tells that it is absent. */
    private static List<String> addPgBench(List<Contender> contenders, AppendPlan plan, PostgresDatabase database)
            throws IOException {
        Optional<Path> program = PgBench.installed();
        if (program.isEmpty()) {
            return List.of(Names.PGBENCH);
        }
        contenders.add(new PgBench(program.get(), database, plan));
        return List.of();
    }
}
