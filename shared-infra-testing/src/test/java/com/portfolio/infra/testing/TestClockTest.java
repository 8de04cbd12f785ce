package com.portfolio.infra.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TestClockTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final TestClock clock = TestClock.at(NOON);

    @Test
    void standsStillUntilItIsToldToMove() {
        assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());

        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo("2026-01-31T13:00:00Z");

        clock.set(NOON.minusSeconds(1));
        assertThat(clock.instant()).isEqualTo("2026-01-31T11:59:59Z");
    }

    @Test
    void clocksOfSeveralZonesMoveTogether() {
        TestClock vienna = clock.withZone(ZoneId.of("Europe/Vienna"));

        clock.advance(Duration.ofHours(1));

        assertThat(vienna.instant()).isEqualTo(clock.instant());
        assertThat(vienna.getZone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    }
}
