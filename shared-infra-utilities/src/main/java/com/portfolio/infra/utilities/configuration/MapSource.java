package com.portfolio.infra.utilities.configuration;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** A source of variables that were read already. What the source itself says of its ordinal does not count. */
final class MapSource implements ConfigSource {

    private final String origin;
    private final int ordinal;
    private final Map<String, String> variables;

    /** @param origin what it is called in messages */
    MapSource(String origin, int ordinal, Map<String, String> variables) {
        this.origin = origin;
        this.ordinal = ordinal;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public String getName() {
        return origin;
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }

    @Override
    public Set<String> getPropertyNames() {
        return variables.keySet();
    }

    @Override
    public Map<String, String> getProperties() {
        return variables;
    }

    @Override
    public @Nullable String getValue(String name) {
        return variables.get(name);
    }
}
