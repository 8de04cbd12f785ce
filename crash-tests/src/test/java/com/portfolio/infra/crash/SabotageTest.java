package com.portfolio.infra.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.testing.server.PostgresServer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash test notices what it is there for, when it is broken on purpose. */
class SabotageTest {

    private static final long SEED = 1;

    private static PostgresServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aStoreThatAcknowledgesWithoutACommitLosesEvents() throws Exception {
        assertThat(problems(Sabotage.ACKNOWLEDGES_WITHOUT_COMMIT, times(4, Kill.SESSION)))
                .anyMatch(problem -> problem.startsWith("lost:"));
    }

    @Test
    void aStoreThatTakesTheEventsOfARequestOneByOneStoresPartOfIt() throws Exception {
        assertThat(problems(Sabotage.SPLITS_REQUESTS, times(4, Kill.SESSION)))
                .anyMatch(problem -> problem.startsWith("partial:"))
                .anyMatch(problem -> problem.startsWith("denied:"));
    }

    @Test
    void aReaderThatDoesNotWaitForOpenAppendsSkipsEvents() throws Exception {
        assertThat(problems(Sabotage.IGNORES_OPEN_APPENDS, times(4, Kill.SESSION)))
                .anyMatch(problem -> problem.startsWith("skipped:"));
    }

    @Test
    void aProjectionThatMovesItsCheckpointFirstLosesEffects() throws Exception {
        assertThat(problems(Sabotage.MOVES_CHECKPOINT_FIRST, times(4, Kill.SERVER_STOP)))
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith("projected:"));
    }

    private static List<Kill> times(int often, Kill kill) {
        return Collections.nCopies(often, kill);
    }

    private List<String> problems(Sabotage sabotage, List<Kill> plan) throws Exception {
        try (CrashRun run = new CrashRun(server, SEED, sabotage, directory)) {
            History history = run.run(plan);
            List<String> problems = HistoryCheck.problems(history);
            System.out.println(sabotage + ": " + problems.size() + " problems, such as "
                    + problems.stream().limit(2).toList());
            return problems;
        }
    }
}
