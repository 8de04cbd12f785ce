package com.portfolio.infra.utilities.bootstrap;

/** Opens schema registries, by the names of {@code SCHEMA_REGISTRY_PROVIDER}. */
public interface SchemaRegistryProvider extends AdapterProvider<SchemaRegistryAdapter> {}
