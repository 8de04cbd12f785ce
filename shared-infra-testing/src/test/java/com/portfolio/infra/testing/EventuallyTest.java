package com.portfolio.infra.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void givesTheFirstValueThatIsAsWanted() {
        assertThat(Eventually.within(LONG).get("the count", asked::incrementAndGet, count -> count == 3))
                .isEqualTo(3);
        assertThat(asked).hasValue(3);
    }

    @Test
    void asksOnceEvenWithoutAnyTime() {
        Eventually.within(Duration.ZERO).holds("the count is 1", () -> asked.incrementAndGet() == 1);

        assertThat(asked).hasValue(1);
    }

    @Test
    void saysWhatTheValueWasLastWhenTheTimeHasRunOut() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Eventually.within(SHORT).get("the state", () -> "starting", "live"::equals))
                .withMessageContaining("the state")
                .withMessageContaining("<starting>")
                .withMessageContaining("PT0.03S");
    }

    @Test
    void passesOnceTheAssertionDoes() {
        Eventually.within(LONG).pass(() -> assertThat(asked.incrementAndGet()).isEqualTo(3));

        assertThat(asked).hasValue(3);
    }

    @Test
    void keepsTheLastFailureOfAnAssertionThatNeverPassed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() ->
                        Eventually.within(SHORT).pass(() -> assertThat("a").isEqualTo("b")))
                .withMessageContaining("PT0.03S")
                .withCauseInstanceOf(AssertionError.class);
    }

    @Test
    void anExceptionEndsTheWaiting() {
        IllegalStateException failure = new IllegalStateException("on purpose");

        assertThatThrownBy(() -> Eventually.within(LONG).holds("it", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void anInterruptEndsTheWaitingAndIsKept() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Eventually.within(LONG).holds("it", () -> false))
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Eventually.within(Duration.ofMillis(-1)));
    }

    @Test
    void aTimeoutMayBeForEver() {
        AtomicInteger calls = new AtomicInteger();

        Eventually.within(ChronoUnit.FOREVER.getDuration()).holds("the third call", () -> calls.incrementAndGet() == 3);

        assertThat(calls).hasValue(3);
    }
}
