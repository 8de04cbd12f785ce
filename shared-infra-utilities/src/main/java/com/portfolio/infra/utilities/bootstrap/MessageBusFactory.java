package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;

/**
 * Opens the message bus that the configuration names, alone and as it is: without retries, circuit breaker and health
 * registry. {@link Infrastructure} opens everything, with them.
 *
 * <pre>{@code
 * try (Opened<MessageBusAdapter> opened = MessageBusFactory.open(config, codec)) {
 *     MessageBus bus = opened.get().bus();
 * }
 * }</pre>
 */
public final class MessageBusFactory {

    private MessageBusFactory() {}

    /**
     * Opens it. Providers are looked for by the current thread's class loader.
     *
     * @return to be closed by the caller
     * @throws BootstrapException if the configuration names none, or its provider is not on the class path
     * @throws com.portfolio.infra.ports.InfrastructureException if it can't be opened; nothing is left open
     */
    public static Opened<MessageBusAdapter> open(InfrastructureConfig config, EventCodec codec) {
        return Single.open(Port.MESSAGE_BUS, config, codec);
    }
}
