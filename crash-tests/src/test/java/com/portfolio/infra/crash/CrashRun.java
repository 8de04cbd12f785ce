package com.portfolio.infra.crash;

import com.portfolio.infra.crash.Report.Reached;
import com.portfolio.infra.neon.NeonSchema;
import com.portfolio.infra.neon.NeonSettings;
import com.portfolio.infra.neon.NeonUrl;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.PostgresServer.StopMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * A service of three processes on one database, and what kills them: a writer, a plain subscriber, and one
 * that projects.
 */
final class CrashRun implements AutoCloseable {

    private static final String APPLICATION = "crash_app";
    private static final String PASSWORD = "crash-hunter2";
    private static final Eventually EVENTUALLY = Eventually.within(Duration.ofSeconds(90));
    private static final int FEWEST_APPENDS_BETWEEN = 10;
    private static final int MOST_APPENDS_BETWEEN = 130;

    private final PostgresServer server;
    private final Random random;
    private final Sabotage sabotage;
    private final PostgresDatabase database;
    private final Child writer;
    private final Child watcher;
    private final Child projector;
    private final Map<Kill, Integer> kills = new EnumMap<>(Kill.class);

    CrashRun(PostgresServer server, long seed, Sabotage sabotage, Path directory) {
        this.server = server;
        this.random = new Random(seed);
        this.sabotage = sabotage;
        this.database = server.createDatabase();
        server.createRole(APPLICATION, PASSWORD);
        NeonSchema schema = new NeonSchema(NeonUrl.parse(database.libpqUrl()), NeonSettings.alwaysOn());
        schema.migrate();
        schema.grantToApplication(APPLICATION);
        String application = database.as(APPLICATION, PASSWORD).libpqUrl();
        // Only the owner can read past the library.
        String reader = sabotage == Sabotage.IGNORES_OPEN_APPENDS ? database.libpqUrl() : application;
        this.writer = new Child(Writer.class, List.of(sabotage.name(), Long.toString(seed)), application, directory);
        this.watcher = new Child(
                Watcher.class,
                List.of(sabotage.name(), directory.resolve("checkpoint").toString()),
                reader,
                directory);
        this.projector = new Child(Projector.class, List.of(sabotage.name()), application, directory);
    }

    /** Starts everything, kills as planned, each time after some more work was done, and lets all come to rest. */
    History run(List<Kill> plan) throws SQLException {
        children().forEach(Child::start);
        for (Kill kill : plan) {
            awaitWork(kill);
            inflict(kill);
            kills.merge(kill, 1, Integer::sum);
        }
        awaitWork(Kill.WRITER);
        server.awaitConnections();
        writer.stop();
        History stored = FinalReading.of(database, writer.reports());
        long end = stored.log().isEmpty()
                ? 0
                : stored.log().get(stored.log().size() - 1).position();
        for (Child subscriber : List.of(watcher, projector)) {
            await(
                    "everything read by a subscriber",
                    () -> subscriber.last() instanceof Reached reached && reached.position() >= end);
            subscriber.stop();
        }
        return FinalReading.of(database, writer.reports()).with(watcher.reports(), FinalReading.projection(database));
    }

    /** What was killed how often. */
    Map<Kill, Integer> kills() {
        return kills;
    }

    private List<Child> children() {
        return List.of(writer, watcher, projector);
    }

    /** Appends go on, and the victim, if it is one of the processes, has begun its work. */
    private void awaitWork(Kill kill) {
        int work = FEWEST_APPENDS_BETWEEN + random.nextInt(MOST_APPENDS_BETWEEN - FEWEST_APPENDS_BETWEEN);
        int enough = writer.acknowledged() + work;
        await("more work of the writer", () -> writer.acknowledged() >= enough);
        if (sabotage == Sabotage.IGNORES_OPEN_APPENDS) {
            // What it skips it skips while others write.
            int said = watcher.said() + work;
            await("more work of the subscriber", () -> watcher.said() >= said);
        }
        if (kill == Kill.WATCHER) {
            await("work of the subscriber", () -> watcher.saidSinceStart() > 1);
        } else if (kill == Kill.PROJECTOR) {
            await("work of the projection", () -> projector.saidSinceStart() > 1);
        }
    }

    private void await(String what, Callable<Boolean> condition) {
        EVENTUALLY.holds(what, () -> {
            children().forEach(Child::requireAlive);
            return condition.call();
        });
    }

    private void inflict(Kill kill) throws SQLException {
        switch (kill) {
            case WRITER -> restart(writer);
            case WATCHER -> restart(watcher);
            case PROJECTOR -> restart(projector);
            case SERVER -> {
                server.kill();
                server.start();
            }
            case SERVER_AND_WRITER -> {
                server.kill();
                writer.kill();
                server.start();
                writer.start();
            }
            case SERVER_STOP -> {
                server.stop(StopMode.IMMEDIATE);
                server.start();
            }
            case BACKEND -> crashBackend();
            case SESSION -> endSession();
        }
    }

    private static void restart(Child child) {
        child.kill();
        child.start();
    }

    /** A session may end between being chosen and being killed; then another one is chosen. */
    private void crashBackend() {
        EVENTUALLY.holds("a backend that can be killed", () -> {
            server.awaitConnections();
            List<Integer> sessions = sessions();
            try {
                if (!sessions.isEmpty()) {
                    server.crash(sessions.get(random.nextInt(sessions.size())));
                }
                return !sessions.isEmpty();
            } catch (IllegalArgumentException gone) {
                return false;
            }
        });
    }

    private void endSession() {
        EVENTUALLY.holds("a session that can be ended", () -> {
            server.awaitConnections();
            List<Integer> sessions = sessions();
            return !sessions.isEmpty() && end(sessions.get(random.nextInt(sessions.size())));
        });
    }

    private boolean end(int session) throws SQLException {
        try (Connection connection = server.administration().connect();
                ResultSet ended =
                        connection.createStatement().executeQuery("SELECT pg_terminate_backend(" + session + ")")) {
            return ended.next() && ended.getBoolean(1);
        }
    }

    private List<Integer> sessions() throws SQLException {
        List<Integer> found = new ArrayList<>();
        try (Connection connection = server.administration().connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT pid FROM pg_stat_activity WHERE datname = '" + database.name()
                                + "' AND state <> 'idle'")) {
            while (row.next()) {
                found.add(row.getInt(1));
            }
        }
        return found;
    }

    @Override
    public void close() {
        children().forEach(Child::close);
        if (server.isRunning()) {
            server.dropDatabase(database);
        }
    }
}
