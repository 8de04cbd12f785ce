package com.portfolio.infra.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A clock that stands still until it is told to move. Thread-safe.
 *
 * <p>All clocks made from one by {@link #withZone} move together.
 */
public final class TestClock extends Clock {

    private final Hands hands;
    private final ZoneId zone;

    private TestClock(Hands hands, ZoneId zone) {
        this.hands = hands;
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    /** What clocks of several zones have in common. */
    private static final class Hands {

        private Instant time;

        Hands(Instant time) {
            this.time = time;
        }

        synchronized Instant time() {
            return time;
        }

        synchronized void set(Instant other) {
            time = other;
        }

        synchronized void advance(Duration by) {
            time = time.plus(by);
        }
    }

    /** A clock in UTC that shows a time. */
    public static TestClock at(Instant time) {
        return new TestClock(new Hands(Objects.requireNonNull(time, "time")), ZoneOffset.UTC);
    }

    /** A clock in UTC that shows a time in ISO-8601, such as {@code 2026-01-31T12:00:00Z}. */
    public static TestClock at(String time) {
        return at(Instant.parse(time));
    }

    /** Moves the clock on, or back by a negative duration. */
    public void advance(Duration by) {
        hands.advance(by);
    }

    /** Sets the clock to a time, later or earlier. */
    public void set(Instant time) {
        hands.set(Objects.requireNonNull(time, "time"));
    }

    @Override
    public Instant instant() {
        return hands.time();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public TestClock withZone(ZoneId other) {
        return new TestClock(hands, other);
    }

    @Override
    public String toString() {
        return "TestClock[" + instant() + ", " + zone + "]";
    }
}
