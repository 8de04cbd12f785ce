package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a subscription is in its life, and what is in its way. Not thread-safe. */
final class Progress {

    private enum Phase {
        JOINING,
        JOINED,
        /** It ends by itself, when the handlers that run have returned. */
        STOPPING,
        /** It is ended by whoever closes it. */
        CLOSING,
        OVER
    }

    private final Clock clock;
    private Phase phase = Phase.JOINING;
    private boolean paused;
    private boolean closed;
    private @Nullable String stopped;
    private @Nullable String lost;
    private SubscriptionStatus shown;

    Progress(Clock clock) {
        this.clock = clock;
        this.shown = new SubscriptionStatus(State.STARTING, clock.instant(), Optional.empty(), 0);
    }

    void join() {
        if (phase == Phase.JOINING) {
            phase = Phase.JOINED;
        }
    }

    void pause(boolean whether) {
        paused = whether;
    }

    /** It needs somebody to look. */
    void stop(String reason) {
        if (!isEnding()) {
            stopped = reason;
            phase = Phase.STOPPING;
        }
    }

    void close() {
        closed = true;
        if (phase != Phase.OVER) {
            phase = Phase.CLOSING;
        }
    }

    void end() {
        phase = Phase.OVER;
    }

    /** The broker is lost. */
    void lose(String reason) {
        lost = reason;
    }

    /** The broker answers. */
    void find() {
        lost = null;
    }

    boolean mayBegin() {
        return !paused && !isEnding();
    }

    boolean isStopping() {
        return phase == Phase.STOPPING;
    }

    boolean isEnding() {
        return phase == Phase.STOPPING || phase == Phase.CLOSING || phase == Phase.OVER;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /**
     * How the subscription is doing.
     *
     * @param held    how many messages it holds
     * @param inItsWay what else but the broker is in its way
     */
    SubscriptionStatus status(int held, Optional<String> inItsWay) {
        Optional<String> reason = reason(inItsWay);
        State state = state(reason.isPresent());
        Instant since = state == shown.state() && reason.equals(shown.reason()) ? shown.since() : clock.instant();
        shown = new SubscriptionStatus(state, since, reason, held);
        return shown;
    }

    private Optional<String> reason(Optional<String> inItsWay) {
        if (closed) {
            return Optional.empty();
        }
        return Optional.ofNullable(stopped).or(() -> Optional.ofNullable(lost)).or(() -> inItsWay);
    }

    private State state(boolean disrupted) {
        if (closed) {
            return State.CLOSED;
        }
        if (stopped != null) {
            return State.STOPPED;
        }
        if (disrupted) {
            return State.DISRUPTED;
        }
        if (phase == Phase.JOINING) {
            return State.STARTING;
        }
        return paused ? State.PAUSED : State.RUNNING;
    }
}
