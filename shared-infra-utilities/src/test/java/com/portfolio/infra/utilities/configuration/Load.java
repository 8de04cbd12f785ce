package com.portfolio.infra.utilities.configuration;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loads from what a test says, and from nothing else. */
final class Load {

    private Load() {}

    static InfrastructureConfig from(Map<String, String> environment) {
        return from(environment, Map.of());
    }

    static InfrastructureConfig from(Map<String, String> environment, Map<String, String> properties) {
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(properties)
                .load();
    }

    static ConfigurationException failing(Map<String, String> environment, Map<String, String> properties) {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> from(environment, properties));
        if (failure == null) {
            throw new AssertionError("The configuration was loaded.");
        }
        return failure;
    }

    static List<String> problems(String... namesAndValues) {
        return failing(env(namesAndValues), Map.of()).problems();
    }

    static Map<String, String> env(String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return environment;
    }
}
