package com.portfolio.infra.utilities.resilience;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Another clock, with something that happens each time somebody looks at it. */
final class InstantsOf extends Clock {

    private final Clock other;
    private final Runnable atEachLook;

    InstantsOf(Clock other, Runnable atEachLook) {
        this.other = other;
        this.atEachLook = atEachLook;
    }

    @Override
    public Instant instant() {
        atEachLook.run();
        return other.instant();
    }

    @Override
    public ZoneId getZone() {
        return other.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new InstantsOf(other.withZone(zone), atEachLook);
    }
}
