package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStoreException;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the status of a subscription, and asks the log how far it is. */
final class SubscriptionHealth implements HealthCheck {

    private final EventLog log;
    private final Supplier<CatchUpStatus> status;
    private final long maxBehind;
    private final Clock clock;

    SubscriptionHealth(EventLog log, Supplier<CatchUpStatus> status, long maxBehind, Clock clock) {
        this.log = log;
        this.status = status;
        this.maxBehind = maxBehind;
        this.clock = clock;
    }

    @Override
    public HealthResult check() {
        long start = System.nanoTime();
        HealthResult result = look();
        return result.took(Duration.ofNanos(System.nanoTime() - start), clock.instant());
    }

    private HealthResult look() {
        CatchUpStatus now = status.get();
        HealthResult result = switch (now.state()) {
            case FAILED -> HealthResult.down("The subscription has failed" + reason(now));
            case CLOSED -> HealthResult.down("The subscription is closed.");
            case RECONNECTING -> HealthResult.degraded("The log can't be reached" + reason(now));
            case RETRYING -> HealthResult.degraded("The handler fails and is tried again" + reason(now));
            case PAUSED -> HealthResult.degraded("The subscription is paused.");
            case STARTING -> HealthResult.degraded("The subscription has not reached the log yet.");
            case CATCHING_UP, LIVE -> behind(now.checkpoint());
        };
        HealthResult detailed = result.with("state", now.state().name())
                .with("since", now.since().toString())
                .with("handled", now.handled())
                .with("parked", now.parked());
        return now.checkpoint()
                .map(reached -> detailed.with("position", reached.position().value()))
                .orElse(detailed);
    }

    private HealthResult behind(Optional<Checkpoint> checkpoint) {
        long head;
        try {
            head = log.head().value();
        } catch (EventStoreException e) {
            return HealthResult.degraded(
                    "The head of the log can't be read: " + e.getClass().getSimpleName() + ".");
        }
        long behind =
                Math.max(0, head - checkpoint.map(c -> c.position().value()).orElse(0L));
        HealthResult result = behind > maxBehind
                ? HealthResult.degraded("The subscription is " + behind + " positions behind the head of the log.")
                : HealthResult.up();
        return result.with("behind", behind);
    }

    /** The class alone: messages of a service's own exceptions may say anything. */
    private static String reason(CatchUpStatus status) {
        return status.lastError()
                .map(e -> ": " + e.getClass().getSimpleName() + ".")
                .orElse(".");
    }
}
