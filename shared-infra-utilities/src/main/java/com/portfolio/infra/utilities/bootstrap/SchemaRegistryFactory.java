package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;

/**
 * Opens the schema registry that the configuration names, alone and as it is: without retries, circuit breaker and health
 * registry. {@link Infrastructure} opens everything, with them.
 *
 * <pre>{@code
 * try (Opened<SchemaRegistryAdapter> opened = SchemaRegistryFactory.open(config, codec)) {
 *     SchemaRegistry registry = opened.get().registry();
 * }
 * }</pre>
 */
public final class SchemaRegistryFactory {

    private SchemaRegistryFactory() {}

    /**
     * Opens it. Providers are looked for by the current thread's class loader.
     *
     * @return to be closed by the caller
     * @throws BootstrapException if the configuration names none, or its provider is not on the class path
     * @throws com.portfolio.infra.ports.InfrastructureException if it can't be opened; nothing is left open
     */
    public static Opened<SchemaRegistryAdapter> open(InfrastructureConfig config, EventCodec codec) {
        return Single.open(Port.SCHEMA_REGISTRY, config, codec);
    }
}
