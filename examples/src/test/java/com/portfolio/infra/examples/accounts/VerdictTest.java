package com.portfolio.infra.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Tally.Totals TEN = new Tally.Totals(6, 1, 1, Map.of(Rejection.DEACTIVATED, 2L), 0, 0, 3);

    @Test
    void aRunInWhichEveryLineHasItsOutcomeIsWell() {
        assertThat(verdict(10, TEN, 7)).isEqualTo(new Verdict(0, Optional.empty()));
    }

    @Test
    void aLineWithoutOutcomeIsSaidLoudly() {
        Verdict verdict = verdict(11, TEN, 7);

        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.sentence().orElseThrow())
                .startsWith("This must not happen: 11 lines were read, but 10 have an outcome.");
    }

    @Test
    void anEventThatTheLogDoesNotShowIsSaid() {
        Verdict verdict = verdict(10, TEN, 6);

        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.sentence().orElseThrow()).startsWith("7 events were stored, but the log shows 6");
    }

    @Test
    void eventsOfOthersInTheLogAreNoTrouble() {
        assertThat(verdict(10, TEN, 8).status()).isZero();
    }

    @Test
    void aRunThatEndsEarlyPromisesToGoOnOnlyWhereItsDataIsKept() {
        assertThat(Verdict.unfinished(true)).endsWith("Running it again goes on: nothing is done twice.");
        assertThat(Verdict.unfinished(false)).endsWith("is not kept: running it again begins anew.");
    }

    private static Verdict verdict(long linesRead, Tally.Totals totals, long logged) {
        return Verdict.of(new Verdict.Facts(
                "The sample", Verdict.DONE, false, true, linesRead, totals, true, OptionalLong.of(logged)));
    }
}
