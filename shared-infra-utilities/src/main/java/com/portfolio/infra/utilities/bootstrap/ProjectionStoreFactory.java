package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;

/**
 * Opens the place of projections that the configuration names, alone and as it is: without retries, circuit breaker and health
 * registry. {@link Infrastructure} opens everything, with them.
 *
 * <pre>{@code
 * try (Opened<ProjectionStoreAdapter> opened = ProjectionStoreFactory.open(config, codec)) {
 *     ProjectionStore<UserView> users = opened.get().open(ProjectionDefinition.of("users", UserView.class));
 * }
 * }</pre>
 */
public final class ProjectionStoreFactory {

    private ProjectionStoreFactory() {}

    /**
     * Opens it. Providers are looked for by the current thread's class loader.
     *
     * @return to be closed by the caller
     * @throws BootstrapException if the configuration names none, or its provider is not on the class path
     * @throws com.portfolio.infra.ports.InfrastructureException if it can't be opened; nothing is left open
     */
    public static Opened<ProjectionStoreAdapter> open(InfrastructureConfig config, EventCodec codec) {
        return Single.open(Port.PROJECTIONS, config, codec);
    }
}
