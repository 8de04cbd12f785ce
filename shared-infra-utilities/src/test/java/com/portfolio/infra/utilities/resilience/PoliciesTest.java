package com.portfolio.infra.utilities.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {

    private static final long SEED = 42;

    @Test
    void aRetryPolicyTellsAllOfItsProblemsAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.builder()
                        .maxAttempts(0)
                        .base(Duration.ofSeconds(3))
                        .deadline(Duration.ZERO)
                        .build())
                .withMessage("""
                        A retry policy has 3 problems:
                        - it needs maxAttempts of at least 1, not 0
                        - it needs a deadline of more than 0 and at most a day, not PT0S
                        - it needs a cap of at least the base of PT3S, not PT2S""");
    }

    @Test
    void aBreakersPolicyTellsAllOfItsProblemsAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CircuitBreakerPolicy.builder()
                        .window(CallWindow.ofCalls(10))
                        .minimumCalls(11)
                        .failureRate(50)
                        .slowRate(0)
                        .trialCalls(0)
                        .openFor(Duration.ofNanos(1))
                        .build())
                .withMessage("""
                        A circuit breaker's policy has 5 problems:
                        - it needs minimumCalls that fit into its window of calls, not 11
                        - it needs a failureRate above 0 and up to 1, not 50.0
                        - it needs a slowRate above 0 and up to 1, not 0.0
                        - it needs an openFor of at least 1 ms, not PT0.000000001S
                        - it needs at least 1 of trialCalls, not 0""");
    }

    @Test
    void windowsAndBudgetsCheckThemselves() {
        assertThatIllegalArgumentException().isThrownBy(() -> CallWindow.ofCalls(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CallWindow.ofTime(Duration.ofMillis(1_500)));
        assertThatIllegalArgumentException().isThrownBy(() -> CallWindow.ofTime(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(Double.NaN, -1));
    }

    @Test
    void aResilienceChecksItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Resilience.builder(" ").timeLimit(Duration.ZERO).build())
                .withMessageContainingAll("has 2 problems", "needs a name", "needs a timeLimit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resilience.builder("x").bulkhead(0));
    }

    @Test
    void buildersChangeWhatTheyAreTold() {
        RetryPolicy policy = RetryPolicy.defaults().toBuilder().maxAttempts(7).build();

        assertThat(policy)
                .isEqualTo(new RetryPolicy(
                        7,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        RetryBudget.defaults()));
        assertThat(CircuitBreakerPolicy.builder().build()).isEqualTo(CircuitBreakerPolicy.defaults());
    }

    /** Pitfall 1: with a cap after the jitter all who failed together come back together from some attempt on. */
    @Test
    void jitterIsNotLostAtTheCap() {
        RetryPolicy policy = RetryPolicy.builder()
                .base(Duration.ofMillis(100))
                .cap(Duration.ofSeconds(1))
                .maxAttempts(100)
                .build();
        Random random = new Random(SEED);

        long[] delays = LongStream.range(0, 1_000)
                .map(i -> policy.delayNanosAfter(50, random))
                .toArray();

        assertThat(LongStream.of(delays).distinct().count()).isGreaterThan(990);
        assertThat(LongStream.of(delays).max().orElseThrow()).isLessThanOrEqualTo(1_000_000_000L);
        assertThat(LongStream.of(delays).average().orElseThrow()).isBetween(450e6, 550e6);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "60, 1000"})
    void waitsGrowByDoublesUpToTheCap(int attempt, long longestMillis) {
        RetryPolicy policy = RetryPolicy.builder()
                .base(Duration.ofMillis(100))
                .cap(Duration.ofSeconds(1))
                .build();
        Random random = new Random(SEED);

        long longest = LongStream.range(0, 2_000)
                .map(i -> policy.delayNanosAfter(attempt, random))
                .max()
                .orElseThrow();

        assertThat(longest / 1e6).isBetween(0.97 * longestMillis, (double) longestMillis);
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-01-31T12:00:00Z");

        assertThat(RetryAfter.parse(" 90 ", now)).contains(Duration.ofSeconds(90));
        assertThat(RetryAfter.parse("Sat, 31 Jan 2026 12:00:30 GMT", now)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sat, 31 Jan 2026 11:00:00 GMT", now)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "٣"})
    void whatIsNoTimeIsEmpty(String header) {
        assertThat(RetryAfter.parse(header, Instant.EPOCH)).isEmpty();
    }
}
