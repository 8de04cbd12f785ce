package com.portfolio.infra.utilities.bootstrap;

import java.util.Set;

/**
 * Opens the adapters of one port for one technology. A module registers its providers for
 * {@link java.util.ServiceLoader}, in {@code META-INF/services}, each as one of the four kinds:
 * {@link EventStoreProvider}, {@link ProjectionStoreProvider}, {@link SchemaRegistryProvider} and
 * {@link MessageBusProvider}. It is a public class with a public constructor that takes nothing and does nothing.
 *
 * @param <A> what is opened
 */
public interface AdapterProvider<A> {

    /**
     * The names in the configuration that it answers to, such as {@code neon} and {@code postgres}: at least one, in
     * small letters. No other provider of the port may answer to any of them.
     */
    Set<String> names();

    /**
     * Opens what the configuration names. What has to be closed is made known to the context as soon as it is there:
     * if this fails, or anything after it, it is closed.
     *
     * @throws BootstrapException if the configuration can't be used, naming the variable
     * @throws com.portfolio.infra.ports.InfrastructureException if what is to be connected to is not there or refuses
     */
    A open(AdapterContext context);
}
