package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import java.util.Set;

/** What the providers have in common. */
record MemoryParts(Dependency stores) {

    static final Set<String> NAMES = Set.of("memory");

    /** Those of one service. */
    static MemoryParts of(AdapterContext context) {
        return context.shared(
                MemoryParts.class, () -> new MemoryParts(new Dependency("memory", "memory", HealthResult::up)));
    }
}
