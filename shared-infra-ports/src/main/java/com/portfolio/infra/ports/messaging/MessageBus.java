package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.Set;

/** Both sides of a message bus. A service injects the side that it needs; who starts it holds the bus. */
@Experimental
public interface MessageBus extends MessagePublisher, MessageSubscriber, AutoCloseable {

    /** What this bus can do; the same at all times, and known without asking the broker. */
    Set<BusTrait> traits();

    /**
     * Closes the bus: all subscriptions side by side, each within its own drain timeout, then the
     * publishing side, after what is under way was acknowledged or has failed.
     *
     * <p>Blocks until then; no thread of the bus stays behind, except those of handlers that did not
     * return in time. Closing a closed bus does nothing.
     */
    @Override
    void close();
}
