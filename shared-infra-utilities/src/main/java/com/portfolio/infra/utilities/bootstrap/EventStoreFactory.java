package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;

/**
 * Opens the event store, with its log, that the configuration names, alone and as it is: without retries, circuit breaker and health
 * registry. {@link Infrastructure} opens everything, with them.
 *
 * <pre>{@code
 * try (Opened<EventStoreAdapter> opened = EventStoreFactory.open(config, codec)) {
 *     EventStore store = opened.get().store();
 * }
 * }</pre>
 */
public final class EventStoreFactory {

    private EventStoreFactory() {}

    /**
     * Opens it. Providers are looked for by the current thread's class loader.
     *
     * @return to be closed by the caller
     * @throws BootstrapException if the configuration names none, or its provider is not on the class path
     * @throws com.portfolio.infra.ports.InfrastructureException if it can't be opened; nothing is left open
     */
    public static Opened<EventStoreAdapter> open(InfrastructureConfig config, EventCodec codec) {
        return Single.open(Port.EVENT_STORE, config, codec);
    }
}
