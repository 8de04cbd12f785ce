package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** The service's infrastructure in memory, with health that is looked at often. */
final class InMemory {

    private InMemory() {}

    static InfrastructureConfig config(String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "SERVICE_NAME", "accounts",
                "EVENT_STORE_PROVIDER", "memory",
                "MESSAGE_BUS_PROVIDER", "memory",
                "HEALTH_INTERVAL", "100ms",
                "HEALTH_DOWN_INTERVAL", "100ms",
                "HEALTH_RETRIES", "1"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(Map.of())
                .load();
    }

    static Infrastructure open(String... namesAndValues) {
        return Infrastructure.open(config(namesAndValues), Setup.CODEC);
    }
}
