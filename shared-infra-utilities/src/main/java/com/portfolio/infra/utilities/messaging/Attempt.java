package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.DeliveryContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call of a handler, or what would have been one. */
final class Attempt implements DeliveryContext {

    private final String group;
    private final Delivery delivery;
    private final int number;
    private final Instant deadline;
    private @Nullable Thread thread;
    private boolean cancelled;

    Attempt(String group, Delivery delivery, int number, Instant deadline) {
        this.group = group;
        this.delivery = delivery;
        this.number = number;
        this.deadline = deadline;
    }

    /** Names the message for people. */
    String name() {
        return delivery.name();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String destination() {
        return delivery.destination();
    }

    @Override
    public String position() {
        return delivery.position();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    boolean isOverdue(Instant now) {
        return !deadline.isAfter(now);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** From now on the calling thread may be interrupted. */
    synchronized void begin() {
        thread = Thread.currentThread();
        if (cancelled) {
            thread.interrupt();
        }
    }

    /** The calling thread goes on to something else, and is not interrupted any more. */
    synchronized void end() {
        thread = null;
        // An interrupt that the handler did not hear of must not reach the next one.
        Thread.interrupted();
    }

    synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
