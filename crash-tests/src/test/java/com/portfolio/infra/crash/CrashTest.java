package com.portfolio.infra.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.crash.Report.Acknowledged;
import com.portfolio.infra.crash.Report.Refused;
import com.portfolio.infra.crash.Report.Seen;
import com.portfolio.infra.crash.Report.Unknown;
import com.portfolio.infra.testing.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, subscribers and the server are killed at random while they work; nothing that was acknowledged is
 * lost, nothing is stored twice or by half, and no subscriber misses an event.
 *
 * <p>With the system property {@code shared.infra.soak} set to {@code true}, run after run for a quarter of an
 * hour. {@code shared.infra.crash.seed} repeats the plan of a seed, though not its timing.
 */
class CrashTest {

    private static final int KILLS_OF_EACH_KIND = 5;
    private static final Duration SOAK = Duration.ofMinutes(15);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingIsLostDoubledOrSkippedWhenProcessesAndTheServerAreKilled(@TempDir Path directory) throws Exception {
        boolean soak = Boolean.getBoolean("shared.infra.soak");
        long seed = Long.getLong("shared.infra.crash.seed", new SecureRandom().nextInt(1_000_000));
        long begun = System.nanoTime();
        try (PostgresServer server = PostgresServer.builder().fsync(true).start()) {
            do {
                runOnce(server, seed, directory);
                seed++;
            } while (soak && System.nanoTime() - begun < SOAK.toNanos());
        }
    }

    private static void runOnce(PostgresServer server, long seed, Path directory) throws Exception {
        List<Kill> plan = Kill.plan(KILLS_OF_EACH_KIND, new Random(seed));
        Path own = Files.createDirectory(directory.resolve("run-" + seed));
        try (CrashRun run = new CrashRun(server, seed, Sabotage.NONE, own)) {
            History history = run.run(plan);
            String summary = summary(seed, run, history);
            System.out.println(summary);
            assertThat(HistoryCheck.problems(history)).as(summary).isEmpty();
            assertThat(history.log()).as(summary).hasSizeGreaterThan(plan.size() * 10);
        }
    }

    private static String summary(long seed, CrashRun run, History history) {
        long seen = count(history.watcher(), Seen.class);
        return "Crash test, seed " + seed + ": kills " + run.kills() + ", "
                + count(history.writer(), Acknowledged.class) + " acknowledgements, "
                + count(history.writer(), Unknown.class) + " unknown outcomes resolved, refusals "
                + refusals(history) + ", "
                + history.log().size() + " events in " + history.streams().size() + " streams, "
                + (seen - history.log().size()) + " of them seen again by the plain subscriber";
    }

    private static Map<String, Long> refusals(History history) {
        return history.writer().stream()
                .filter(Refused.class::isInstance)
                .collect(
                        Collectors.groupingBy(report -> ((Refused) report).why(), TreeMap::new, Collectors.counting()));
    }

    private static long count(List<Report> reports, Class<? extends Report> kind) {
        return reports.stream().filter(kind::isInstance).count();
    }
}
