package com.portfolio.infra.utilities;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class SetClock extends Clock {

    /** Where it stands at first. */
    public static final Instant NOON = Instant.parse("2020-02-29T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    public void advance(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("This clock has one zone.");
    }
}
