package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.PausePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(10);

    private final Circuit circuit = new Circuit(Optional.of(new PausePolicy(3, Duration.ofSeconds(10))));

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.fail(NOW);
        }
    }

    @Test
    void allMayBeginUntilSoManyHaveFailedInARow() {
        fail(2);
        assertThat(circuit.allowed(8, NOW)).isEqualTo(8);
        assertThat(circuit.mayGoOn()).isTrue();

        circuit.fail(NOW);

        assertThat(circuit.allowed(8, NOW)).isZero();
        assertThat(circuit.allowed(8, LATER.minusNanos(1))).isZero();
        assertThat(circuit.mayGoOn()).isFalse();
        assertThat(circuit.openUntil()).contains(LATER);
        assertThat(circuit.reason())
                .contains("3 attempts in a row have failed; one message is tried at " + LATER + ".");
    }

    @Test
    void aSuccessBeginsTheRowAnew() {
        fail(2);
        circuit.succeed();
        fail(2);

        assertThat(circuit.allowed(8, NOW)).isEqualTo(8);
        assertThat(circuit.reason()).isEmpty();
    }

    @Test
    void afterThePauseOneMessageIsTried() {
        fail(3);

        assertThat(circuit.allowed(8, LATER)).isEqualTo(1);
        circuit.begin(1);

        assertThat(circuit.allowed(8, LATER)).isZero();
        assertThat(circuit.mayGoOn()).isTrue();
        circuit.succeed();
        assertThat(circuit.allowed(8, LATER)).isEqualTo(8);
    }

    @Test
    void ifThatFailsItPausesAgain() {
        fail(3);
        circuit.begin(1);

        circuit.fail(LATER);

        assertThat(circuit.allowed(8, LATER)).isZero();
        assertThat(circuit.allowed(8, LATER.plusSeconds(10))).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackWasNotTried() {
        fail(3);
        circuit.begin(1);

        circuit.giveBack();

        assertThat(circuit.allowed(8, LATER)).isEqualTo(1);
    }

    @Test
    void withoutAPolicyNothingPauses() {
        Circuit never = new Circuit(Optional.empty());
        for (int i = 0; i < 1_000; i++) {
            never.fail(NOW);
        }

        assertThat(never.allowed(8, NOW)).isEqualTo(8);
        assertThat(never.openUntil()).isEmpty();
    }
}
