package com.portfolio.infra.utilities.configuration;

import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a service's infrastructure, checked as a whole. Secrets in it print as {@code ***}.
 *
 * @param serviceName    the name of the service; there if a message bus is configured
 * @param eventStore     where events are kept
 * @param messageBus     what carries messages between services
 * @param projections    where read models are kept
 * @param schemaRegistry where schemas of events are kept
 * @param health         how health is checked and told
 * @param resilience     when calls are repeated and refused
 * @param secrets        where the secrets came from, to hear of their rotation
 */
public record InfrastructureConfig(
        Optional<String> serviceName,
        EventStoreConfig eventStore,
        MessageBusConfig messageBus,
        ProjectionsConfig projections,
        SchemaRegistryConfig schemaRegistry,
        HealthConfig health,
        ResilienceConfig resilience,
        SecretsConfig secrets) {

    public InfrastructureConfig {
        Objects.requireNonNull(serviceName, "serviceName");
        Objects.requireNonNull(eventStore, "eventStore");
        Objects.requireNonNull(messageBus, "messageBus");
        Objects.requireNonNull(projections, "projections");
        Objects.requireNonNull(schemaRegistry, "schemaRegistry");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(resilience, "resilience");
        Objects.requireNonNull(secrets, "secrets");
    }

    /** The same, for another service that has the same infrastructure. */
    public InfrastructureConfig withServiceName(String name) {
        return new InfrastructureConfig(
                Optional.of(name), eventStore, messageBus, projections, schemaRegistry, health, resilience, secrets);
    }
}
