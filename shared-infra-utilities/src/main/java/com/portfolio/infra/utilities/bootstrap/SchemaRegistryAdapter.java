package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.schema.SchemaRegistry;
import java.util.Objects;

/**
 * A schema registry that was opened.
 *
 * @param registry   the registry
 * @param dependency what it talks to
 */
public record SchemaRegistryAdapter(SchemaRegistry registry, Dependency dependency) {

    public SchemaRegistryAdapter {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(dependency, "dependency");
    }
}
