package com.portfolio.infra.utilities.bootstrap;

/** Opens event stores with their logs, by the names of {@code EVENT_STORE_PROVIDER}. */
public interface EventStoreProvider extends AdapterProvider<EventStoreAdapter> {}
