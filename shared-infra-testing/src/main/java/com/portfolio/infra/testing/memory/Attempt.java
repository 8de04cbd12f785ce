package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call of a handler, or what would have been one. */
final class Attempt implements DeliveryContext {

    private final String group;
    private final StoredMessage message;
    private final int number;
    private final Instant deadline;
    private @Nullable Thread thread;
    private boolean cancelled;

    Attempt(String group, StoredMessage message, int number, Instant deadline) {
        this.group = group;
        this.message = message;
        this.number = number;
        this.deadline = deadline;
    }

    WireMessage wire() {
        return message.wire();
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
        return InMemoryBroker.DESTINATION;
    }

    @Override
    public String position() {
        return Long.toString(message.position());
    }

    @Override
    public Instant deadline() {
        return deadline;
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
