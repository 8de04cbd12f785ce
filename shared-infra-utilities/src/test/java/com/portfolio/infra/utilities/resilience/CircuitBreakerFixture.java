package com.portfolio.infra.utilities.resilience;

import static com.portfolio.infra.utilities.resilience.Policies.away;
import static com.portfolio.infra.utilities.resilience.Policies.smallBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.utilities.SetClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A small breaker over a clock that a test moves, and calls through it. */
abstract class CircuitBreakerFixture {

    static final Duration BEYOND_OPEN = Duration.ofSeconds(10).plusMillis(1);

    final SetClock clock = new SetClock();
    final List<String> changes = new ArrayList<>();
    Resilience resilience = with(smallBreaker().build(), RetryPolicy.never());
    CircuitBreaker breaker = breaker();

    Resilience with(CircuitBreakerPolicy policy, RetryPolicy retry) {
        return Resilience.builder("dependency")
                .circuitBreaker(policy)
                .retry(retry)
                .bulkhead(100)
                .clock(clock)
                .build();
    }

    CircuitBreaker breaker() {
        return resilience.circuitBreaker().orElseThrow();
    }

    void use(Resilience other) {
        resilience.close();
        resilience = other;
        breaker = breaker();
    }

    @AfterEach
    void close() {
        resilience.close();
    }

    void succeed() {
        assertThat(resilience.<String, RuntimeException>call(() -> "answer")).isEqualTo("answer");
    }

    void fail(Throwable failure) {
        assertThatThrownBy(() -> resilience.run(() -> {
                    throw Thrown.<Exception>as(failure);
                }))
                .isSameAs(failure);
    }

    void refused() {
        assertThatThrownBy(() -> resilience.call(() -> {
                    throw new AssertionError("It was called.");
                }))
                .isInstanceOf(CircuitOpenException.class);
    }

    void open() {
        for (int i = 0; i < 4; i++) {
            fail(away());
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    void halfOpen() {
        open();
        clock.advance(BEYOND_OPEN);
    }
}
