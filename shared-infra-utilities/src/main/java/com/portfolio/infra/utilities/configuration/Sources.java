package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Redaction;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The places where variables are set, in the order in which they count. SmallRye Config finds and orders
 * them; nothing is expanded or converted, as a password may hold anything.
 */
final class Sources {

    /** A value, and what the place that it is from is called. */
    record Found(String value, String origin) {

        /** Shows no value. */
        @Override
        public String toString() {
            return origin;
        }
    }

    private static final int SYSTEM_PROPERTIES = 400;
    private static final int ENVIRONMENT = 300;
    private static final int FILE = 250;
    private static final int DEFAULTS = 50;

    private final List<ConfigSource> inOrder = new ArrayList<>();
    private final Problems problems;

    private Sources(Iterable<ConfigSource> inOrder, Problems problems) {
        inOrder.forEach(this.inOrder::add);
        this.problems = problems;
    }

    static Sources open(
            Map<String, String> environment,
            Map<String, String> properties,
            Map<String, String> defaults,
            boolean discovering,
            Problems problems) {
        MapSource systemProperties = new MapSource("system property", SYSTEM_PROPERTIES, properties);
        MapSource variables = new MapSource("environment variable", ENVIRONMENT, environment);
        Map<String, String> file = new Sources(List.of(systemProperties, variables), problems).readFile();
        MapSource ofFile = new MapSource(ConfigFile.ORIGIN, FILE, file);
        MapSource ofService = new MapSource("default of the service", DEFAULTS, defaults);
        if (discovering) {
            try {
                return new Sources(ordered(true, systemProperties, variables, ofFile, ofService), problems);
            } catch (RuntimeException | ServiceConfigurationError e) {
                problems.add("The sources of MicroProfile Config on the class path can't be loaded, because of a "
                        + e.getClass().getName());
            }
        }
        return new Sources(ordered(false, systemProperties, variables, ofFile, ofService), problems);
    }

    private static Iterable<ConfigSource> ordered(boolean discovering, ConfigSource... sources) {
        return new SmallRyeConfigBuilder()
                .setAddDiscoveredSources(discovering)
                .withSources(sources)
                .build()
                .getConfigSources();
    }

    private Map<String, String> readFile() {
        Variable<Path> variable = Variables.CONFIG_FILE;
        Optional<Found> found = find(variable.name());
        if (found.isEmpty()) {
            return Map.of();
        }
        String origin = found.get().origin();
        try {
            return ConfigFile.read(variable.format().read(found.get().value().strip()), origin, problems);
        } catch (NotAllowedException e) {
            // Reading all variables tells of it.
            return Map.of();
        }
    }

    /** The value of the first place that has one; blank is none. */
    Optional<Found> find(String name) {
        for (ConfigSource source : inOrder) {
            String value = value(source, name);
            if (value != null && !value.isBlank()) {
                return Optional.of(new Found(value, origin(source)));
            }
        }
        return Optional.empty();
    }

    private @Nullable String value(ConfigSource source, String name) {
        try {
            return source.getValue(name);
        } catch (RuntimeException e) {
            problems.add(name + " can't be read (" + origin(source) + "), because of a "
                    + e.getClass().getName());
            return null;
        }
    }

    private static String origin(ConfigSource source) {
        return source instanceof MapSource ? source.getName() : "source " + Redaction.redact(source.getName());
    }

    /** All names that are set in places of ours, in alphabetical order, with the first of them. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        for (ConfigSource source : inOrder) {
            if (source instanceof MapSource) {
                new TreeSet<>(source.getPropertyNames()).forEach(name -> names.putIfAbsent(name, origin(source)));
            }
        }
        return names;
    }
}
