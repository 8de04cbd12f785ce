package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory with unpacked programs, which knows what belongs into it.
 *
 * @param home where they are
 */
record Unpacked(Path home) {

    private static final String LIST = "unpacked-files.txt";

    /**
     * The first of {@code home}, {@code home-2}, {@code home-3}, … that is complete or not there yet.
     *
     * <p>One from which a cleaner of temporary files has taken something is left as it is, as another JVM may
     * run a server from it.
     */
    static Unpacked firstUsable(Path home) throws IOException {
        for (int generation = 1; ; generation++) {
            Unpacked candidate =
                    new Unpacked(generation == 1 ? home : home.resolveSibling(home.getFileName() + "-" + generation));
            if (candidate.isMissing() || candidate.isComplete()) {
                return candidate;
            }
        }
    }

    boolean isMissing() {
        return Files.notExists(home);
    }

    /** Whether every file that was unpacked is still there, with its size. */
    boolean isComplete() throws IOException {
        Path list = home.resolve(LIST);
        if (Files.notExists(list)) {
            return false;
        }
        for (String line : Files.readAllLines(list)) {
            int space = line.indexOf(' ');
            Path file = home.resolve(line.substring(space + 1));
            if (Files.notExists(file) || Files.size(file) != Long.parseLong(line.substring(0, space))) {
                return false;
            }
        }
        return true;
    }

    /** Notes down what is in the directory, all of which belongs there. */
    void seal() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                lines.add(Files.size(file) + " " + home.relativize(file));
            }
        }
        Files.write(home.resolve(LIST), lines);
    }
}
