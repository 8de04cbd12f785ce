package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareCheckpointedProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareQueryableProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareVersionedProjectionStore;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientCheckpointedProjectionStore;
import com.portfolio.infra.utilities.resilience.ResilientProjectionStore;
import com.portfolio.infra.utilities.resilience.ResilientQueryableProjectionStore;
import com.portfolio.infra.utilities.resilience.ResilientVersionedProjectionStore;

/**
 * Opens the stores of a service's projections, each as able as the projection needs it. Two stores of one projection
 * have the same documents.
 *
 * <pre>{@code
 * CheckpointedProjectionStore<UserView> users = infrastructure.projections().checkpointed("users", UserView.class);
 * }</pre>
 *
 * <p>Each method throws an {@link IllegalArgumentException} if the name is none, a
 * {@link com.portfolio.infra.ports.projection.ProjectionStoreException} if the store can't be opened, and a
 * {@link BootstrapException} if what keeps the projections can't do what is asked for. Thread-safe.
 */
public final class ProjectionStores {

    private final ProjectionStoreAdapter adapter;
    private final String provider;
    private final Resilience resilience;
    private final MiddlewareChain middleware;
    private final String system;

    ProjectionStores(
            ProjectionStoreAdapter adapter, String provider, Resilience resilience, MiddlewareChain middleware) {
        this.adapter = adapter;
        this.provider = provider;
        this.resilience = resilience;
        this.middleware = middleware;
        this.system = adapter.dependency().system();
    }

    /** A store of documents, found by their ids. */
    public <T> ProjectionStore<T> store(String name, Class<T> type) {
        return store(ProjectionDefinition.of(name, type));
    }

    /** A store of documents, found by their ids. */
    public <T> ProjectionStore<T> store(ProjectionDefinition<T> projection) {
        return new MiddlewareProjectionStore<>(
                new ResilientProjectionStore<>(adapter.open(projection), resilience),
                middleware,
                system,
                projection.name());
    }

    /** A store that keeps the versions of its documents. */
    public <T> VersionedProjectionStore<T> versioned(String name, Class<T> type) {
        return versioned(ProjectionDefinition.of(name, type));
    }

    /** A store that keeps the versions of its documents. */
    public <T> VersionedProjectionStore<T> versioned(ProjectionDefinition<T> projection) {
        if (adapter.open(projection) instanceof VersionedProjectionStore<T> store) {
            return new MiddlewareVersionedProjectionStore<>(
                    new ResilientVersionedProjectionStore<>(store, resilience), middleware, system, projection.name());
        }
        throw unable(projection, "keeps no versions of documents");
    }

    /** A store whose documents move together with the checkpoint of who writes them. */
    public <T> CheckpointedProjectionStore<T> checkpointed(String name, Class<T> type) {
        return checkpointed(ProjectionDefinition.of(name, type));
    }

    /** A store whose documents move together with the checkpoint of who writes them. */
    public <T> CheckpointedProjectionStore<T> checkpointed(ProjectionDefinition<T> projection) {
        if (adapter.open(projection) instanceof CheckpointedProjectionStore<T> store) {
            return new MiddlewareCheckpointedProjectionStore<>(
                    new ResilientCheckpointedProjectionStore<>(store, resilience),
                    middleware,
                    system,
                    projection.name());
        }
        throw unable(projection, "keeps no checkpoints with documents");
    }

    /** A store whose documents are found by the fields of the projection. */
    public <T> QueryableProjectionStore<T> queryable(ProjectionDefinition<T> projection) {
        if (adapter.open(projection) instanceof QueryableProjectionStore<T> store) {
            return new MiddlewareQueryableProjectionStore<>(
                    new ResilientQueryableProjectionStore<>(store, resilience), middleware, system, projection.name());
        }
        throw unable(projection, "finds documents by their ids alone");
    }

    private BootstrapException unable(ProjectionDefinition<?> projection, String why) {
        return new BootstrapException(
                "Projection '" + projection.name() + "' can't be opened like this: " + Port.PROJECTIONS.variable()
                        + " is " + provider + ", which " + why + ".",
                null);
    }
}
