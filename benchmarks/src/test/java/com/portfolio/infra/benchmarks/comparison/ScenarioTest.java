package com.portfolio.infra.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs everything small: the contenders do equal work, and what they say they stored is there. No time is judged. */
class ScenarioTest {

    private static final Scale TINY = new Scale(64, 20, 10, Lineup.Share.exactly(64), Lineup.Share.exactly(5));

    private static BenchmarkServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new BenchmarkServer(TINY, false);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyContenderDoesTheSameWork(Scenario scenario) throws Exception {
        try (Lineup lineup = scenario.lineUp(server)) {
            Result result = new Rounds(1, 1, Duration.ZERO).run(lineup);

            assertThat(result.entries()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(entry -> {
                assertThat(entry.events()).isEqualTo(result.entries().get(0).events());
                assertThat(entry.series().min()).isPositive();
            });
            assertThat(Report.scenario(result)).contains("| ours |");
        }
    }

    @Test
    void whoDidNotStoreWhatTheyAppendedIsFoundOut() {
        StoredEvents stored = new StoredEvents(server.emptyDatabase(), "plain.events", "account");

        assertThatThrownBy(() -> stored.require("somebody", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'somebody' appended 1 events, but stored 0.");
    }

    @Test
    void ourAppendIsOneRoundTripAndTheStraightforwardOneThree() throws Exception {
        try (Lineup lineup = Scenario.ROUND_TRIPS.lineUp(server)) {
            Result result = new Rounds(1, 1, Duration.ZERO).run(lineup);

            assertThat(result.entries())
                    .extracting(Result.Entry::remark)
                    .extracting(Optional::orElseThrow)
                    .containsExactly(
                            "1.00 round trips an append", "3.00 round trips an append", "1.00 round trips an append");
        }
    }

    @Test
    void everybodyWritesTheSameBytes() throws Exception {
        assertThat(new ObjectMapper().writeValueAsString(Sample.EVENT))
                .isEqualTo(Sample.DATA)
                .hasSizeBetween(280, 320);
    }

    @Test
    void scenariosAreChosenByName() {
        assertThat(Scenario.parse("all")).containsExactly(Scenario.values());
        assertThat(Scenario.parse("replay,one-event")).isEqualTo(EnumSet.of(Scenario.ONE_EVENT, Scenario.REPLAY));
        assertThatThrownBy(() -> Scenario.parse("replays"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("many-writers");
    }
}
