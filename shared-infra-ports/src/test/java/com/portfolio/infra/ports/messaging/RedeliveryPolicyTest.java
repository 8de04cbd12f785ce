package com.portfolio.infra.ports.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedeliveryPolicyTest {

    private static final RandomGenerator NO_CHANCE = () -> 0L;

    @Test
    void delaysDoubleUpToTheLongest() {
        RedeliveryPolicy policy = RedeliveryPolicy.defaults().delays(Duration.ofMillis(100), Duration.ofMillis(500));

        assertThat(IntStream.rangeClosed(1, 5).mapToObj(attempt -> policy.delayAfter(attempt, NO_CHANCE)))
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(500),
                        Duration.ofMillis(500));
    }

    @Test
    void theDefaultsTryEightTimesWithinAboutAMinute() {
        RedeliveryPolicy policy = RedeliveryPolicy.defaults();
        Duration longest = IntStream.range(1, policy.maxAttempts())
                .mapToObj(attempt -> policy.delayAfter(attempt, NO_CHANCE))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(policy.maxAttempts()).isEqualTo(8);
        assertThat(longest).isEqualTo(Duration.ofMillis(61_500));
    }

    @Test
    void theLastAttemptExhausts() {
        RedeliveryPolicy policy = RedeliveryPolicy.defaults().maxAttempts(3);

        assertThat(policy.isExhaustedAfter(2)).isFalse();
        assertThat(policy.isExhaustedAfter(3)).isTrue();
        assertThat(policy.isExhaustedAfter(4)).isTrue();
        assertThat(RedeliveryPolicy.never().isExhaustedAfter(1)).isTrue();
    }

    @Test
    void jitterTakesAwayNoMoreThanItsPartAndSpreadsWhatIsLeft() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RedeliveryPolicy policy = RedeliveryPolicy.defaults()
                .delays(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .jitter(0.25);

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> policy.delayAfter(1, random)))
                .as("seed %d", seed)
                .allMatch(delay ->
                        delay.compareTo(Duration.ofMillis(750)) >= 0 && delay.compareTo(Duration.ofSeconds(1)) <= 0)
                .anyMatch(delay -> delay.compareTo(Duration.ofMillis(800)) < 0)
                .anyMatch(delay -> delay.compareTo(Duration.ofMillis(950)) > 0);
    }

    @Test
    void withoutJitterNothingIsLeftToChance() {
        RedeliveryPolicy policy = RedeliveryPolicy.defaults()
                .delays(Duration.ofSeconds(1), Duration.ofSeconds(9))
                .jitter(0);

        assertThat(policy.delayAfter(2, new Random(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void noNumberOfAttemptsOverflowsTheDelay() {
        RedeliveryPolicy policy = RedeliveryPolicy.defaults().delays(Duration.ofDays(1), Duration.ofDays(1));
        RedeliveryPolicy atOnce = RedeliveryPolicy.defaults().delays(Duration.ZERO, Duration.ofDays(1));

        assertThat(policy.delayAfter(Integer.MAX_VALUE, NO_CHANCE)).isEqualTo(Duration.ofDays(1));
        assertThat(atOnce.delayAfter(Integer.MAX_VALUE, NO_CHANCE)).isZero();
    }

    @Test
    void attemptsAreCountedFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedeliveryPolicy.defaults().delayAfter(0, NO_CHANCE));
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedeliveryPolicy(0, Duration.ofSeconds(-1), 0.5, Duration.ofDays(2), Double.NaN))
                .withMessageContaining("5 problems")
                .withMessageContaining("maxAttempts")
                .withMessageContaining("firstDelay must not be negative")
                .withMessageContaining("multiplier")
                .withMessageContaining("maxDelay must not be negative nor longer than a day")
                .withMessageContaining("jitter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedeliveryPolicy.defaults().delays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("1 problem ")
                .withMessageContaining("shorter than firstDelay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedeliveryPolicy(1, Duration.ZERO, Double.POSITIVE_INFINITY, Duration.ZERO, 0))
                .withMessageContaining("multiplier");
    }
}
