package com.portfolio.infra.neon;

import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreProvider;
import java.util.Set;

/**
 * What {@code PROJECTION_STORE_PROVIDER=neon} and {@code postgres} name. Each store connects when it is opened, and
 * checks that the schema is there and fits. The {@link NeonDatabase} is shared with the event store.
 */
public final class NeonProjectionStoreProvider implements ProjectionStoreProvider {

    @Override
    public Set<String> names() {
        return ConfiguredDatabase.NAMES;
    }

    @Override
    public ProjectionStoreAdapter open(AdapterContext context) {
        return new Projections(ConfiguredDatabase.of(context));
    }

    private record Projections(ConfiguredDatabase configured) implements ProjectionStoreAdapter {

        @Override
        public <T> ProjectionStore<T> open(ProjectionDefinition<T> projection) {
            return new NeonProjectionStore<>(
                    configured.database(),
                    projection.name(),
                    projection.type(),
                    projection.json(),
                    projection.fields());
        }

        @Override
        public Dependency dependency() {
            return configured.dependency();
        }
    }
}
