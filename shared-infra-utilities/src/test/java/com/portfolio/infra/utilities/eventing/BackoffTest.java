package com.portfolio.infra.utilities.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @RepeatedTest(50)
    void eachWaitIsUpToTwiceAsLongAndShortenedByUpToHalf() {
        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(backoff.after(2)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(backoff.after(4)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void noWaitIsLongerThanTheLimit() {
        assertThat(backoff.after(8)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(backoff.after(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(new Backoff(Duration.ofNanos(1), Duration.ofNanos(1)).after(1))
                .isPositive();
    }
}
