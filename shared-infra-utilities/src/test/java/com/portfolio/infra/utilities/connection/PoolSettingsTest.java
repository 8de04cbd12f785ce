package com.portfolio.infra.utilities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolSettingsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void whatIsWrongIsSaidAllAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolSettings(
                        0,
                        1,
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(29),
                        Duration.ofSeconds(9),
                        Duration.ofMillis(249),
                        Optional.of(Duration.ofMillis(1_999))))
                .withMessageStartingWith("The pool of connections has 7 problems:")
                .withMessageContaining("\n- it must have a maxSize of at least 1, not 0")
                .withMessageContaining("\n- it must have a minIdle from 0 to maxSize, not 1")
                .withMessageContaining("\n- it must have an idleTimeout of at least PT10S, not PT9S")
                .withMessageContaining(
                        "\n- it must have a maxLifetime of at least PT30S and a second beyond the idleTimeout,")
                .withMessageContaining("\n- it must have a keepAlive of zero, or of at least PT30S and below the")
                .withMessageContaining("\n- it must have an acquireTimeout of at least PT0.25S, not PT0.249S")
                .withMessageContaining("\n- it must have a leakThreshold of zero, or of at least PT2S and not beyond");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolSettings.alwaysOn().withLeakThreshold(Duration.ofMinutes(31)))
                .withMessageStartingWith("The pool of connections must have a leakThreshold of zero, or");
    }

    /** With less between the two HikariCP closes no idle connection at all. */
    @Test
    void aConnectionLivesASecondLongerThanItMayBeIdle() {
        Duration idle = Duration.ofSeconds(40);

        assertThat(settings(idle, Duration.ofSeconds(41)).maxLifetime()).isEqualTo(Duration.ofSeconds(41));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(idle, Duration.ofMillis(40_999)))
                .withMessage("The pool of connections must have a maxLifetime of at least PT30S and a second beyond"
                        + " the idleTimeout, not PT40.999S.");
    }

    private static PoolSettings settings(Duration idleTimeout, Duration maxLifetime) {
        return new PoolSettings(2, 0, idleTimeout, Duration.ZERO, maxLifetime, Duration.ofSeconds(1), Optional.empty());
    }

    @Test
    void aSmallerPoolKeepsNoMoreThanItHas() {
        PoolSettings one = PoolSettings.alwaysOn().withMaxSize(1);

        assertThat(one.maxSize()).isEqualTo(1);
        assertThat(one.minIdle()).isEqualTo(1);
        assertThat(PoolSettings.alwaysOn().withMaxSize(50).minIdle()).isEqualTo(2);
    }

    @Test
    void aLeakIsLookedForAfterAMinuteUnlessAnotherTimeIsSet() {
        PoolSettings usual = PoolSettings.scaleToZero();
        PoolSettings shortLived = new PoolSettings(
                1,
                0,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Optional.empty());

        assertThat(usual.effectiveLeakThreshold()).isEqualTo(MINUTE);
        assertThat(shortLived.effectiveLeakThreshold()).isEqualTo(Duration.ofSeconds(30));
        assertThat(usual.withLeakThreshold(Duration.ZERO).effectiveLeakThreshold())
                .isZero();
        assertThat(usual.withLeakThreshold(Duration.ofSeconds(2))
                        .withMaxSize(3)
                        .withAcquireTimeout(MINUTE)
                        .effectiveLeakThreshold())
                .isEqualTo(Duration.ofSeconds(2));
    }
}
