package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.testing.server.PostgresDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own benchmark program with the insert of {@link PlainInsert}, prepared, in a table of its own: what the
 * server can do for a client that costs next to nothing. Its time does not include connecting.
 */
final class PgBench implements Contender {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern SPEED = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final double NANOS_A_SECOND = 1e9;
    private static final String STREAMS = "account";

    private static final String SCRIPT = """
            \\set v :v + 1
            \\set s :v %% %1$d
            \\set n :v / %1$d + 1
            INSERT INTO pgbench.events (position, version, recorded_at, event_id, schema_version, stream_id, type, data, metadata) \
            VALUES (nextval('pgbench.event_position'), :n, clock_timestamp(), uuidv7(), 1, \
            'account-' || :client_id || '-' || :s, :type, :data, :metadata);
            """;

    private final Path program;
    private final PostgresDatabase database;
    private final AppendPlan plan;
    private final Path script;
    private long appendsOfEach;

    PgBench(Path program, PostgresDatabase database, AppendPlan plan) throws IOException {
        this.program = program;
        this.database = database;
        this.plan = plan;
        this.script = Files.createTempFile("benchmark", ".sql");
        Files.writeString(script, SCRIPT.formatted(plan.streams()));
    }

    /** The program, on the path or where Debian puts it. */
    static Optional<Path> installed() throws IOException {
        List<Path> directories = new ArrayList<>();
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String directory : path.split(File.pathSeparator, -1)) {
            directories.add(Path.of(directory));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.map(version -> version.resolve("bin")).sorted().forEach(directories::add);
            }
        }
        return directories.stream()
                .map(directory -> directory.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return Names.PGBENCH;
    }

    @Override
    public Slice run(int count) throws IOException, InterruptedException {
        int each = plan.each(count);
        String output = run(command(each));
        Matcher speed = SPEED.matcher(output);
        if (!speed.find()) {
            throw new IllegalStateException("pgbench said something else than expected: " + output);
        }
        appendsOfEach += each;
        long appends = (long) each * plan.writers();
        double appendsPerSecond = Double.parseDouble(speed.group(1));
        return new Slice(appends, (long) (appends * NANOS_A_SECOND / appendsPerSecond), appendsPerSecond);
    }

    private List<String> command(int each) {
        int threads = Math.min(plan.writers(), Runtime.getRuntime().availableProcessors());
        return List.of(
                program.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + plan.writers(),
                "--jobs=" + threads,
                "--transactions=" + each,
                "--define=v=" + appendsOfEach,
                "--define=type=" + Sample.TYPE,
                "--define=data=" + Sample.DATA,
                "--define=metadata=" + Sample.METADATA_TEXT,
                "--file=" + script,
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + database.user(),
                database.name());
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", database.password());
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("pgbench failed: " + output);
            }
            return output;
        } finally {
            process.destroy();
        }
    }

    @Override
    public void verify() throws Exception {
        new StoredEvents(database, "pgbench.events", STREAMS).require(name(), appendsOfEach * plan.writers());
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new IllegalStateException("The script of pgbench could not be removed.", e);
        }
    }
}
