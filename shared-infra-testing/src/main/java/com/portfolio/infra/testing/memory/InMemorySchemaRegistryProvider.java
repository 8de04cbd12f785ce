package com.portfolio.infra.testing.memory;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryAdapter;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryProvider;
import java.util.Set;

/**
 * What {@code SCHEMA_REGISTRY_PROVIDER=memory} names: {@link InMemorySchemaRegistry#withoutComparison()}. A test hands
 * over one that compares.
 */
public final class InMemorySchemaRegistryProvider implements SchemaRegistryProvider {

    @Override
    public Set<String> names() {
        return MemoryParts.NAMES;
    }

    @Override
    public SchemaRegistryAdapter open(AdapterContext context) {
        return new SchemaRegistryAdapter(
                context.shared(InMemorySchemaRegistry.class, InMemorySchemaRegistry::withoutComparison),
                MemoryParts.of(context).stores());
    }
}
