package com.portfolio.infra.benchmarks.comparison;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/**
 * Starts a server, lets everybody take turns, and prints what came out; the same goes to a file.
 *
 * <p>System properties: {@code scenarios} (names separated by commas, or {@code all}), {@code rounds} (that are
 * measured, a fifth of them for replaying), {@code slice} (milliseconds that a contender's share of a round takes, about), {@code fsync} (whether
 * commits wait for the disk), {@code report} (the file).
 */
public final class Main {

    private static final int WARM_UPS = 3;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Set<Scenario> scenarios = Scenario.parse(System.getProperty("scenarios", "all"));
        Duration slice = Duration.ofMillis(Integer.getInteger("slice", 150));
        Rounds rounds = new Rounds(Integer.getInteger("rounds", 50), WARM_UPS, slice);
        boolean fsync = Boolean.parseBoolean(System.getProperty("fsync", "true"));
        Path report = Path.of(System.getProperty("report", "comparison.md"));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        try (BenchmarkServer server = new BenchmarkServer(Scale.full(), fsync)) {
            Map<String, String> facts = Environment.measure(server);
            facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
            text.append(say(out, Report.environment(facts) + "\n"));
            for (Scenario scenario : scenarios) {
                try (Lineup lineup = scenario.lineUp(server)) {
                    text.append(say(out, Report.scenario(rounds.run(lineup))));
                }
            }
        }
        text.append(say(out, "Load of the machine after: " + Environment.load() + "\n"));
        Files.writeString(report, text);
    }

    private static String say(PrintStream out, String text) {
        out.print(text);
        return text;
    }
}
