package com.portfolio.infra.utilities.resilience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Where time comes from.
 *
 * @param clock what tells the time of day; steady, so that a breaker does not stay open for an hour because
 *              somebody set the machine's clock back by one
 * @param nanos the same time in nanoseconds from anywhere
 */
record Ticker(Clock clock, LongSupplier nanos) {

    static Ticker system() {
        return new Ticker(new SteadyClock(ZoneOffset.UTC, Instant.now(), System.nanoTime()), System::nanoTime);
    }

    static Ticker of(Clock clock) {
        Instant origin = clock.instant();
        return new Ticker(clock, () -> Duration.between(origin, clock.instant()).toNanos());
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Follows the system's steady counter from the moment when it was made. */
    private static final class SteadyClock extends Clock {

        private final ZoneId zone;
        private final Instant origin;
        private final long begun;

        SteadyClock(ZoneId zone, Instant origin, long begun) {
            this.zone = zone;
            this.origin = origin;
            this.begun = begun;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new SteadyClock(other, origin, begun);
        }

        @Override
        public Instant instant() {
            return origin.plusNanos(System.nanoTime() - begun);
        }
    }
}
