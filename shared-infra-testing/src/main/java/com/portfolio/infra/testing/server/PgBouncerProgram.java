package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the program of PgBouncer is, and how it is started.
 *
 * <p>It is the one that a system property names, or one that is installed. Where there is none, Debian and
 * its relatives can still bring one without touching the system: its packages are downloaded and unpacked
 * beside PostgreSQL's programs, by any user, once a machine.
 *
 * @param command the program, preceded by what it needs in order to run
 */
record PgBouncerProgram(List<String> command) {

    private static final String NAME = "pgbouncer";
    private static final List<String> USUAL_PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin");

    PgBouncerProgram {
        command = List.copyOf(command);
    }

    /**
     * The program.
     *
     * @throws EmbeddedServerException if there is none and none can be brought
     */
    static PgBouncerProgram find() {
        String given = System.getProperty(PgBouncerServer.PROGRAM_PROPERTY);
        if (given != null) {
            return executable(Stream.of(Path.of(given))).orElseThrow(() -> missing(given, ""));
        }
        String searchPath = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return executable(Stream.concat(Arrays.stream(searchPath.split(":", -1)), USUAL_PLACES.stream())
                        .map(place -> Path.of(place, NAME)))
                .orElseGet(() -> fromPackages(PostgresBinaries.defaultCache()));
    }

    private static Optional<PgBouncerProgram> executable(Stream<Path> candidates) {
        return candidates
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .findFirst()
                .map(program -> new PgBouncerProgram(List.of(program.toString())));
    }

    /** The program out of the packages of the operating system, unpacked below {@code cache}. */
    static synchronized PgBouncerProgram fromPackages(Path cache) {
        try {
            PostgresBinaries.prepare(cache);
            Path home = cache.resolve(NAME);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("pgbouncer-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new EmbeddedServerException("The lock of '" + cache + "' was lost.");
                }
                Unpacked programs = Unpacked.firstUsable(home.resolve("root"));
                if (programs.isMissing()) {
                    unpack(home, programs.home());
                }
                return in(programs.home());
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("PgBouncer could not be unpacked to '" + cache + "': " + e, e);
        }
    }

    private static PgBouncerProgram in(Path root) throws IOException {
        return new PgBouncerProgram(List.of(
                "env",
                "LD_LIBRARY_PATH=" + libraries(root),
                root.resolve("usr/sbin").resolve(NAME).toString()));
    }

    private static void unpack(Path home, Path root) throws IOException {
        Path unfinished = home.resolve("unfinished");
        // What an earlier try left behind may be half a file, or of another version.
        Directories.remove(unfinished);
        Directories.remove(home.resolve("archives"));
        Path lists = Files.createDirectories(home.resolve("lists/partial")).getParent();
        Path archives =
                Files.createDirectories(home.resolve("archives/partial")).getParent();
        // Lists and archives of its own need no rights, and leave those of the system alone.
        List<String> apt = List.of(
                "apt-get",
                "-q",
                "-y",
                "-o",
                "Debug::NoLocking=1",
                "-o",
                "APT::Sandbox::User=",
                "-o",
                "Dir::State::lists=" + lists,
                "-o",
                "Dir::Cache=" + home,
                "-o",
                "Dir::Cache::archives=" + archives);
        run(home, apt, "update");
        run(home, apt, "install", "--download-only", "--reinstall", "--no-install-recommends", NAME);
        Files.createDirectories(unfinished);
        try (Stream<Path> packages = Files.list(archives)) {
            for (Path file : packages.filter(p -> p.toString().endsWith(".deb")).toList()) {
                run(home, List.of("dpkg-deb", "-x"), file.toString(), unfinished.toString());
            }
        }
        if (Files.notExists(unfinished.resolve("usr/sbin").resolve(NAME))) {
            throw missing(NAME, " It could not be brought along either: its package does not hold it.");
        }
        new Unpacked(unfinished).seal();
        Files.move(unfinished, root, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(Path home, List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        Command.Result result;
        try {
            result = Command.run(home, all);
        } catch (EmbeddedServerException e) {
            throw missing(NAME, " It could not be brought along either: " + e.getMessage());
        }
        if (!result.succeeded()) {
            throw missing(
                    NAME,
                    " It could not be brought along either: " + String.join(" ", all) + " said: "
                            + result.output().strip());
        }
    }

    private static String libraries(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().contains(".so"))
                    .map(file -> Objects.requireNonNull(file.getParent()).toString())
                    .distinct()
                    .collect(Collectors.joining(":"));
        }
    }

    private static EmbeddedServerException missing(String name, String why) {
        return new EmbeddedServerException("PgBouncer ('" + name + "') is not installed. Install it"
                + " ('apt-get install pgbouncer', 'dnf install pgbouncer', 'apk add pgbouncer' or 'brew install"
                + " pgbouncer'), or name the program with the system property " + PgBouncerServer.PROGRAM_PROPERTY
                + "." + why);
    }
}
