package com.portfolio.infra.testing.memory;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A share in the broker at which the services of this process meet, for as long as any of them has one. */
final class ProcessBroker implements AutoCloseable {

    // Guarded by the class.
    private static @Nullable InMemoryBroker current;
    private static int shares;

    private final InMemoryBroker broker;
    private final AtomicBoolean left = new AtomicBoolean();

    private ProcessBroker(InMemoryBroker broker) {
        this.broker = broker;
    }

    static synchronized ProcessBroker join() {
        InMemoryBroker there = current;
        if (there == null) {
            there = new InMemoryBroker();
            current = there;
        }
        shares++;
        return new ProcessBroker(there);
    }

    private static synchronized void leave() {
        shares--;
        if (shares == 0) {
            current = null;
        }
    }

    InMemoryBroker broker() {
        return broker;
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            leave();
        }
    }
}
