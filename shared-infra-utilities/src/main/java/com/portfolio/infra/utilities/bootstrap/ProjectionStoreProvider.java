package com.portfolio.infra.utilities.bootstrap;

/** Opens what keeps projections, by the names of {@code PROJECTION_STORE_PROVIDER}. */
public interface ProjectionStoreProvider extends AdapterProvider<ProjectionStoreAdapter> {}
