package com.portfolio.infra.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void theMedianOfAnOddNumberIsTheValueInTheMiddle() {
        assertThat(series(5, 1, 100).median()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(series(100, 1, 2, 4).median()).isEqualTo(3);
    }

    @Test
    void theExtremesAreFoundWhereverTheyStand() {
        assertThat(series(3, 1, 2).min()).isEqualTo(1);
        assertThat(series(1, 3, 2).max()).isEqualTo(3);
    }

    @Test
    void ratiosAreMadeRoundByRound() {
        Series slowRoundsForBoth = series(100, 10, 1).dividedBy(series(200, 20, 2));

        assertThat(slowRoundsForBoth).isEqualTo(series(0.5, 0.5, 0.5));
    }

    @Test
    void seriesOfDifferentLengthAreNotCompared() {
        assertThatThrownBy(() -> series(1, 2).dividedBy(series(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSeriesIsNeverEmpty() {
        assertThatThrownBy(SeriesTest::series).isInstanceOf(IllegalArgumentException.class);
    }

    private static Series series(double... values) {
        return new Series(Arrays.stream(values).boxed().toList());
    }
}
