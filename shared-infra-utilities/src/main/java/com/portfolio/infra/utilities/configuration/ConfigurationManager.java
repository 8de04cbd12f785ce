package com.portfolio.infra.utilities.configuration;

import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the configuration of a service's infrastructure.
 *
 * <pre>{@code
 * InfrastructureConfig config = ConfigurationManager.load();
 * }</pre>
 *
 * <p>Variables have the same names in all sources. A system property counts before an environment variable,
 * that before the file that {@code CONFIG_FILE} names, and that before the service's own
 * {@linkplain Builder#defaults defaults}; what is blank counts as absent. Beside each secret
 * {@code X} there is {@code X_FILE}, the path of a file that holds it. All variables, what they allow and
 * their defaults are in {@code docs/configuration.md}.
 *
 * <p>Names that look like a misspelt variable which nobody has set are a problem, as is every unknown name
 * with a beginning that is this library's alone; {@code CONFIG_IGNORE} lists those that are meant.
 */
public final class ConfigurationManager {

    private ConfigurationManager() {}

    /**
     * Reads system properties, environment variables and the file that {@code CONFIG_FILE} names.
     *
     * @throws ConfigurationException with every problem that was found, and without any value
     */
    public static InfrastructureConfig load() {
        return builder().load();
    }

    /** Reads as {@link #load()} does, from what else is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** What to read. */
    public static final class Builder {

        private Map<String, String> environment = System.getenv();
        private Map<String, String> systemProperties = properties(System.getProperties());
        private Map<String, String> defaults = Map.of();
        private boolean discovering;

        private Builder() {}

        private static Map<String, String> properties(Properties properties) {
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(Function.identity(), name -> properties.getProperty(name, "")));
        }

        /** These variables in place of the process's environment. */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** These in place of the JVM's system properties. */
        public Builder systemProperties(Map<String, String> properties) {
            systemProperties = Map.copyOf(properties);
            return this;
        }

        /**
         * What the service says where nobody else does, such as its {@code SERVICE_NAME}.
         *
         * @throws IllegalArgumentException if one is no variable of this library, or a secret, which has no place in
         *         code
         */
        public Builder defaults(Map<String, String> variables) {
            for (String name : variables.keySet()) {
                boolean allowed = Variables.ALL.stream()
                        .anyMatch(variable -> variable.name().equals(name) && !variable.secret());
                if (!allowed) {
                    throw new IllegalArgumentException("A service can have no default of its own for " + name
                            + ": it is not a variable, or it is a secret.");
                }
            }
            defaults = Map.copyOf(variables);
            return this;
        }

        /**
         * Reads the sources of MicroProfile Config that are registered on the class path too, for instance for
         * YAML files. Each counts by its ordinal, where system properties have 400, environment variables 300
         * and the file 250.
         */
        public Builder withDiscoveredSources() {
            discovering = true;
            return this;
        }

        /**
         * Reads everything.
         *
         * @throws ConfigurationException with every problem that was found, and without any value
         */
        public InfrastructureConfig load() {
            Problems problems = new Problems();
            Sources sources = Sources.open(environment, systemProperties, defaults, discovering, problems);
            Settings settings = Settings.read(sources, problems);
            new CrossChecks(settings, problems).run();
            new UnknownNames(settings, sources, problems).run();
            problems.throwIfAny();
            return new Binder(settings).bind();
        }
    }
}
