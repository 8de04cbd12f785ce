package com.portfolio.infra.utilities;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table of a guide, and the words in which guides put values. */
public final class GuideTable {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Pattern CELL_END = Pattern.compile("\\|");

    private GuideTable() {}

    /**
     * The rows below a header, each with its cells.
     *
     * @param page   the name of a page in docs, without its ending
     * @param header the whole line
     */
    public static List<List<String>> rows(String page, String header) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", page + ".md"));
        int begin = lines.indexOf(header);
        if (begin < 0) {
            throw new AssertionError("docs/" + page + ".md has no table that begins with " + header);
        }
        return lines.subList(begin + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(1, line.lastIndexOf('|')))
                .map(line -> CELL_END.splitAsStream(line).map(String::strip).collect(Collectors.toList()))
                .toList();
    }

    /** As guides write it: {@code 100 ms}, {@code 20 s}, {@code 4.5 minutes}. */
    public static String words(Duration time) {
        if (time.compareTo(MINUTE) < 0) {
            return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
        }
        String minutes = String.valueOf(time.toSeconds() / 60.0).replaceAll("\\.0$", "");
        return minutes + (time.equals(MINUTE) ? " minute" : " minutes");
    }
}
