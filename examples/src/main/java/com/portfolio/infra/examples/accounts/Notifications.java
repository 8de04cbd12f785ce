package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Another service, which hears of users by messages alone. It would greet them; here it counts what it
 * heard.
 */
final class Notifications implements AutoCloseable {

    private final MessageBus bus;
    private final Subscription subscription;
    private long received;

    Notifications(MessageBus bus) {
        this.bus = bus;
        this.subscription = bus.subscribe(AccountNotice.class, this::hear);
    }

    /**
     * Waits until it takes part, so that it hears everything from now on.
     *
     * @throws CannotStartException if it does not in time, or can't at all
     */
    void awaitReady(Duration timeout) throws CannotStartException, InterruptedException {
        try {
            subscription.ready().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new CannotStartException(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new CannotStartException(
                    "The subscription to notices did not begin within " + timeout.toSeconds() + " s. "
                            + subscription
                                    .status()
                                    .reason()
                                    .orElse("It is " + subscription.status().state() + "."),
                    e);
        }
    }

    private synchronized void hear(AccountNotice notice) {
        received++;
        notifyAll();
    }

    /** How many messages came in since the start. */
    synchronized long received() {
        return received;
    }

    /** Waits for so many messages; returns whether they came in time. */
    synchronized boolean await(long messages, Duration timeout) throws InterruptedException {
        long giveUpAt = System.nanoTime() + timeout.toNanos();
        while (received < messages) {
            long left = TimeUnit.NANOSECONDS.toMillis(giveUpAt - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Whether messages reach it. */
    HealthResult health() {
        SubscriptionStatus status = subscription.status();
        String reason = status.reason().orElse("The subscription is " + status.state() + ".");
        HealthResult found = switch (status.state()) {
            case RUNNING -> HealthResult.up();
            case STARTING, PAUSED, DISRUPTED -> HealthResult.degraded(reason);
            case STOPPED, CLOSED -> HealthResult.down(reason);
        };
        return found.with("received", received()).with("inFlight", status.inFlight());
    }

    @Override
    public void close() {
        bus.close();
    }
}
