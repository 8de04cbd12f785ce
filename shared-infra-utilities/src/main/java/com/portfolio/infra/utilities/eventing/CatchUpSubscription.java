package com.portfolio.infra.utilities.eventing;

import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.health.HealthCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running subscription. Thread-safe. */
public final class CatchUpSubscription implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUpSubscriptions.class);

    private final EventLog log;
    private final CatchUpRequest request;
    private final Control control;
    private final Thread thread;
    private final Clock clock;

    CatchUpSubscription(EventLog log, CatchUpRequest request, Control control, Thread thread, Clock clock) {
        this.log = log;
        this.request = request;
        this.control = control;
        this.thread = thread;
        this.clock = clock;
    }

    /** How it is doing; asks nobody. */
    public CatchUpStatus status() {
        return control.status();
    }

    /**
     * Waits until everything at or before a position is done with, for instance the last position of an
     * append, to read one's own writes.
     *
     * @return whether it is; {@code false} when the time has run out
     * @throws SubscriptionEndedException if the subscription ends before
     * @throws InterruptedException       if the thread was interrupted
     */
    public boolean awaitPosition(Position position, Duration timeout) throws InterruptedException {
        return control.await(
                status -> status.checkpoint()
                        .map(reached -> reached.position().compareTo(position) >= 0)
                        .orElse(false),
                timeout,
                "reach position " + position);
    }

    /**
     * Waits until the subscription is at the end of the log.
     *
     * @return whether it is; {@code false} when the time has run out
     * @throws SubscriptionEndedException if the subscription ends before
     * @throws InterruptedException       if the thread was interrupted
     */
    public boolean awaitLive(Duration timeout) throws InterruptedException {
        return control.await(status -> status.state() == CatchUpState.LIVE, timeout, "become live");
    }

    /** Hands over nothing more after the events that are being handled, until {@link #resume()}. */
    public void pause() {
        control.pause(true);
    }

    /** Ends a pause. */
    public void resume() {
        control.pause(false);
    }

    /**
     * A check: up when live or close to it, degraded when reconnecting, retrying, paused or far behind, down
     * when it has stopped.
     *
     * @param maxBehind how many positions the subscription may be behind the head without being degraded
     */
    public HealthCheck health(long maxBehind) {
        return new SubscriptionHealth(log, this::status, maxBehind, clock);
    }

    /** Whether it was closed, by whomever, and its thread has ended. */
    boolean isClosed() {
        return control.isClosing() && !thread.isAlive();
    }

    void requestClose() {
        control.requestClose();
    }

    /**
     * Ends the subscription: the events that are being handled are finished, nothing more is handed over,
     * and the thread has ended when this returns.
     *
     * <p>A handler that takes longer than the close timeout is interrupted, and given the same time again
     * to end; one that goes on nevertheless is left behind with a warning. Called by the handler itself,
     * this does not wait. An interrupt while waiting is passed on to the handler at once. Closing again has
     * no effect.
     */
    @Override
    public void close() {
        control.requestClose();
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            if (!join()) {
                thread.interrupt();
                if (!join()) {
                    LOG.warn("The handler of subscription '{}' does not end, not even interrupted", request.name());
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private boolean join() throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, TimeUnit.NANOSECONDS.convert(request.closeTimeout())));
        return !thread.isAlive();
    }
}
