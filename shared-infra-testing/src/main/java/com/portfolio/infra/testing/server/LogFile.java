package com.portfolio.infra.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a server wrote to its log. */
final class LogFile {

    private static final int LINES = 30;

    private LogFile() {}

    /** The last lines; why there are none, where the file can't be read. */
    static String end(Path log) {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "(the log could not be read: " + e + ")";
        }
    }
}
