package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.projection.ProjectionStore;

/** What keeps projections, opened. Thread-safe. */
public interface ProjectionStoreAdapter {

    /**
     * The store of one projection. It implements what it is able to do, such as
     * {@link com.portfolio.infra.ports.projection.CheckpointedProjectionStore}. Two stores of one projection have the
     * same documents.
     *
     * @throws IllegalArgumentException if the projection's name is none
     * @throws com.portfolio.infra.ports.projection.ProjectionStoreException if it can't be opened
     */
    <T> ProjectionStore<T> open(ProjectionDefinition<T> projection);

    /** What the stores talk to. */
    Dependency dependency();
}
