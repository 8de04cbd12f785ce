package com.portfolio.infra.ports.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WellFormedTest {

    @Test
    void pairsOfSurrogatesAreWellFormed() {
        assertThat(WellFormed.indexOfLoneSurrogate("a\uD83D\uDE00b\0")).isEqualTo(-1);
        assertThat(WellFormed.indexOfLoneSurrogate("")).isEqualTo(-1);
    }

    @Test
    void aHighHalfALowHalfAndReversedHalvesAreFoundWhereTheyStand() {
        assertThat(WellFormed.indexOfLoneSurrogate("ab\uD83D")).isEqualTo(2);
        assertThat(WellFormed.indexOfLoneSurrogate("a\uDE00b")).isEqualTo(1);
        assertThat(WellFormed.indexOfLoneSurrogate("\uDE00\uD83D")).isZero();
        assertThat(WellFormed.indexOfLoneSurrogate("\uD83D\uDE00\uD83D\uD83D\uDE00"))
                .isEqualTo(2);
    }
}
