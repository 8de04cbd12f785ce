package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the numbers were measured on, and how quick its disk was. */
final class Environment {

    private static final int PROBES = 300;
    private static final int PAGE_BYTES = 8_192;
    private static final double NANOS_A_MILLI = 1e6;

    private static final List<String> SETTINGS = List.of(
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_sync_method",
            "shared_buffers",
            "max_connections",
            "max_wal_size",
            "checkpoint_timeout",
            "autovacuum");

    private Environment() {}

    /** Each thing that is worth knowing, with its value. */
    static Map<String, String> measure(BenchmarkServer server) throws SQLException, IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        PostgresDatabase database = server.emptyDatabase();
        try (Connection connection = Pools.connect(database)) {
            facts.put("PostgreSQL", query(connection, "SHOW server_version"));
            List<String> settings = new ArrayList<>();
            for (String setting : SETTINGS) {
                settings.add(setting + " = " + query(connection, "SHOW " + setting));
            }
            facts.put("settings", String.join(", ", settings));
            facts.put("round trip (SELECT 1)", probe(connection, "SELECT 1"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE probe (x int)");
            }
            facts.put("commit of one small row", probe(connection, "INSERT INTO probe VALUES (1) RETURNING x"));
        }
        facts.put("write of 8 kB and fdatasync", syncs());
        facts.put("load of the machine before", load());
        return facts;
    }

    /** How many processes wanted to run in the last minute. */
    static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String probe(Connection connection, String sql) throws SQLException {
        List<Double> millis = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < PROBES; i++) {
                long begun = System.nanoTime();
                statement.executeQuery().close();
                millis.add((System.nanoTime() - begun) / NANOS_A_MILLI);
            }
        }
        return text(new Series(millis));
    }

    private static String syncs() throws IOException {
        Path file = Files.createTempFile("benchmark", ".sync");
        List<Double> millis = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
            for (int i = 0; i < PROBES; i++) {
                long begun = System.nanoTime();
                channel.write(page.rewind(), 0);
                channel.force(false);
                millis.add((System.nanoTime() - begun) / NANOS_A_MILLI);
            }
        } finally {
            Files.delete(file);
        }
        return text(new Series(millis));
    }

    private static String text(Series millis) {
        return String.format(Locale.ROOT, "%.2f ms (%.2f to %.2f)", millis.median(), millis.min(), millis.max());
    }
}
