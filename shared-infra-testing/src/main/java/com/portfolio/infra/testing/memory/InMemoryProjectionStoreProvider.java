package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code PROJECTION_STORE_PROVIDER=memory} names: one {@link InMemoryProjectionStore} for each name of a
 * projection. Opening one again with documents of another class, or with other fields, is refused.
 */
public final class InMemoryProjectionStoreProvider implements ProjectionStoreProvider {

    @Override
    public Set<String> names() {
        return MemoryParts.NAMES;
    }

    @Override
    public ProjectionStoreAdapter open(AdapterContext context) {
        return new Projections(MemoryParts.of(context).stores());
    }

    private record Known(ProjectionDefinition<?> definition, InMemoryProjectionStore<?> store) {

        static <T> Known of(ProjectionDefinition<T> definition) {
            return new Known(
                    definition,
                    new InMemoryProjectionStore<>(
                            definition.name(), definition.type(), definition.json(), definition.fields()));
        }

        @SuppressWarnings("unchecked") // the class of the documents is the same
        <T> ProjectionStore<T> as(ProjectionDefinition<T> other) {
            if (!definition.type().equals(other.type()) || !fields(definition).equals(fields(other))) {
                throw new IllegalArgumentException("Projection '" + other.name() + "' was opened before with "
                        + shape(definition) + ", so it can't be with " + shape(other) + ".");
            }
            return (ProjectionStore<T>) store;
        }

        private static List<String> fields(ProjectionDefinition<?> of) {
            return of.fields().stream().map(IndexedField::name).sorted().toList();
        }

        private static String shape(ProjectionDefinition<?> of) {
            return "documents of " + of.type().getName() + " and the fields " + fields(of);
        }
    }

    private record Projections(Dependency dependency, Map<String, Known> byName) implements ProjectionStoreAdapter {

        Projections(Dependency dependency) {
            this(dependency, new ConcurrentHashMap<>());
        }

        @Override
        public <T> ProjectionStore<T> open(ProjectionDefinition<T> projection) {
            return byName.computeIfAbsent(projection.name(), name -> Known.of(projection))
                    .as(projection);
        }
    }
}
