package com.portfolio.infra.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> turns = new ArrayList<>();

    @Test
    void theContendersTakeTurnsAndAnotherOneBeginsEachRound() throws Exception {
        new Rounds(4, 0, Duration.ZERO)
                .run(lineup(new Lineup.Share(1, 2), contender("a", 1), contender("b", 1), contender("c", 1)));

        assertThat(String.join("", turns)).isEqualTo("abc" + "bac" + "cab" + "acb");
    }

    @Test
    void eachContenderIsMeasuredInEachRoundButNotInAWarmUp() throws Exception {
        Result result = new Rounds(2, 3, Duration.ZERO)
                .run(lineup(Lineup.Share.exactly(7), contender("a", 1), contender("b", 1)));

        assertThat(turns).hasSize(10);
        assertThat(result.rounds()).isEqualTo(2);
        assertThat(result.share()).isEqualTo(7);
        assertThat(result.entries()).extracting(Result.Entry::events).containsExactly(7L, 7L);
    }

    @Test
    void aShareThatCanNotBeMadeSmallIsDoneInAFifthOfTheRoundsAtLeastThree() throws Exception {
        assertThat(new Rounds(50, 0, Duration.ZERO)
                        .run(lineup(Lineup.Share.exactly(1), contender("a", 1)))
                        .rounds())
                .isEqualTo(10);
        assertThat(new Rounds(6, 0, Duration.ZERO)
                        .run(lineup(Lineup.Share.exactly(1), contender("a", 1)))
                        .rounds())
                .isEqualTo(3);
        assertThat(new Rounds(1, 0, Duration.ZERO)
                        .run(lineup(Lineup.Share.exactly(1), contender("a", 1)))
                        .rounds())
                .isEqualTo(1);
    }

    @Test
    void unequalWorkIsAnError() {
        Lineup unequal = lineup(Lineup.Share.exactly(1), contender("a", 1), contender("b", 2));

        assertThatThrownBy(() -> new Rounds(1, 0, Duration.ZERO).run(unequal))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a' 1 events, 'b' 2");
    }

    @Test
    void aShareIsAsMuchAsFitsIntoASliceWithinItsLimits() {
        Lineup.Share share = new Lineup.Share(10, 1_000);

        assertThat(share.count(20, 1_000, 5_000)).isEqualTo(100);
        assertThat(share.count(20, 1_000_000, 5_000)).isEqualTo(10);
        assertThat(share.count(20, 1, 5_000)).isEqualTo(1_000);
    }

    private static Lineup lineup(Lineup.Share share, Contender... contenders) {
        return new Lineup("t", "c", Metric.EVENTS_PER_SECOND, share, List.of(contenders), List.of(), List.of());
    }

    private Contender contender(String name, int eventsOfEach) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Slice run(int count) {
                turns.add(name);
                return new Slice((long) count * eventsOfEach, 1, 1);
            }

            @Override
            public void close() {}
        };
    }
}
