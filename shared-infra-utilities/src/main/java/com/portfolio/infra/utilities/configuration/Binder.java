package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.secrets.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the typed configuration of settings in which there is no problem left. */
final class Binder {

    private final Settings settings;
    private final DatabaseDefaults defaults;

    Binder(Settings settings) {
        this.settings = settings;
        this.defaults = new DatabaseDefaults(settings);
    }

    InfrastructureConfig bind() {
        return new InfrastructureConfig(
                settings.find(Variables.SERVICE_NAME),
                eventStore(),
                messageBus(),
                projections(),
                schemaRegistry(),
                health(),
                resilience(),
                secrets());
    }

    private EventStoreConfig eventStore() {
        EventStoreConfig.Provider provider = settings.get(Variables.EVENT_STORE_PROVIDER);
        return new EventStoreConfig(
                provider,
                database(provider),
                settings.get(Variables.EVENT_LOG_POLL_INTERVAL),
                defaults.maxPollInterval(),
                settings.get(Variables.EVENT_LOG_FILTER_WINDOW));
    }

    private ProjectionsConfig projections() {
        ProjectionsConfig.Provider provider = defaults.projections();
        return new ProjectionsConfig(
                provider,
                database(provider),
                when(provider == ProjectionsConfig.Provider.CLOUDFLARE, this::cloudflare));
    }

    private SchemaRegistryConfig schemaRegistry() {
        SchemaRegistryConfig.Provider provider = settings.get(Variables.SCHEMA_REGISTRY_PROVIDER);
        return new SchemaRegistryConfig(
                provider,
                database(provider),
                settings.find(Variables.SCHEMA_REGISTRY_URL),
                settings.find(Variables.SCHEMA_REGISTRY_USERNAME),
                settings.find(Variables.SCHEMA_REGISTRY_PASSWORD));
    }

    private Optional<DatabaseConfig> database(Enum<?> provider) {
        return when(provider.name().equals("NEON") || provider.name().equals("POSTGRES"), this::database);
    }

    private DatabaseConfig database() {
        return new DatabaseConfig(
                settings.get(Variables.DATABASE_URL),
                settings.find(Variables.DATABASE_PASSWORD),
                settings.get(Variables.DATABASE_SCHEMA),
                settings.get(Variables.DATABASE_TLS),
                defaults.preset(),
                settings.get(Variables.DB_PREPARED_STATEMENTS),
                new PoolSettings(
                        settings.get(Variables.DB_POOL_SIZE),
                        defaults.minIdle(),
                        defaults.idleTimeout(),
                        defaults.keepAlive(),
                        defaults.maxLifetime(),
                        settings.get(Variables.DB_POOL_ACQUIRE_TIMEOUT),
                        settings.find(Variables.DB_POOL_LEAK_THRESHOLD)),
                settings.get(Variables.DB_CONNECT_TIMEOUT),
                settings.get(Variables.DB_STATEMENT_TIMEOUT),
                settings.get(Variables.DB_SOCKET_TIMEOUT),
                settings.get(Variables.DB_IN_DOUBT_TIMEOUT),
                settings.get(Variables.DB_IDLE_TRANSACTION_TIMEOUT));
    }

    private MessageBusConfig messageBus() {
        MessageBusConfig.Provider provider = settings.get(Variables.MESSAGE_BUS_PROVIDER);
        return new MessageBusConfig(
                provider,
                settings.get(Variables.MESSAGE_BUS_PUBLISH_TIMEOUT),
                settings.get(Variables.MESSAGE_BUS_CLOSE_TIMEOUT),
                when(provider == MessageBusConfig.Provider.KAFKA, this::kafka),
                when(provider == MessageBusConfig.Provider.REDIS, this::redis),
                when(provider == MessageBusConfig.Provider.CLOUDFLARE, this::cloudflare));
    }

    private KafkaConfig kafka() {
        return new KafkaConfig(
                settings.get(Variables.KAFKA_BROKERS),
                settings.given(Variables.KAFKA_SECURITY_PROTOCOL).orElseGet(this::securityProtocol),
                settings.get(Variables.KAFKA_SASL_MECHANISM),
                settings.find(Variables.KAFKA_USERNAME),
                settings.find(Variables.KAFKA_PASSWORD),
                settings.find(Variables.KAFKA_TRUST_STORE),
                settings.find(Variables.KAFKA_TRUST_STORE_PASSWORD),
                settings.find(Variables.KAFKA_KEY_STORE),
                settings.find(Variables.KAFKA_KEY_STORE_PASSWORD),
                settings.get(Variables.KAFKA_GROUP_PROTOCOL),
                new KafkaConfig.Topics(
                        settings.get(Variables.KAFKA_TOPIC_PREFIX),
                        settings.get(Variables.KAFKA_CREATE_TOPICS),
                        settings.get(Variables.KAFKA_TOPIC_PARTITIONS),
                        settings.find(Variables.KAFKA_TOPIC_REPLICATION),
                        settings.find(Variables.KAFKA_TOPIC_RETENTION)));
    }

    private KafkaConfig.SecurityProtocol securityProtocol() {
        boolean here = Loopback.areAll(settings.get(Variables.KAFKA_BROKERS));
        if (settings.isGiven(Variables.KAFKA_USERNAME)) {
            return here ? KafkaConfig.SecurityProtocol.SASL_PLAINTEXT : KafkaConfig.SecurityProtocol.SASL_SSL;
        }
        return here ? KafkaConfig.SecurityProtocol.PLAINTEXT : KafkaConfig.SecurityProtocol.SSL;
    }

    private RedisConfig redis() {
        return new RedisConfig(
                settings.get(Variables.REDIS_URL),
                settings.find(Variables.REDIS_PASSWORD),
                settings.get(Variables.REDIS_TLS),
                settings.get(Variables.REDIS_KEY_PREFIX),
                settings.get(Variables.REDIS_COMMAND_TIMEOUT));
    }

    private CloudflareConfig cloudflare() {
        return new CloudflareConfig(
                settings.get(Variables.CLOUDFLARE_API_URL),
                settings.get(Variables.CLOUDFLARE_ACCOUNT_ID),
                settings.get(Variables.CLOUDFLARE_API_TOKEN),
                settings.find(Variables.CLOUDFLARE_QUEUE_ID),
                settings.find(Variables.CLOUDFLARE_KV_NAMESPACE_ID),
                settings.get(Variables.CLOUDFLARE_TIMEOUT),
                settings.get(Variables.CLOUDFLARE_VISIBILITY_TIMEOUT));
    }

    private HealthConfig health() {
        return new HealthConfig(
                settings.get(Variables.HEALTH_INTERVAL),
                settings.get(Variables.HEALTH_DOWN_INTERVAL),
                settings.get(Variables.HEALTH_TIMEOUT),
                settings.get(Variables.HEALTH_RETRIES),
                settings.get(Variables.HEALTH_SUCCESS_THRESHOLD),
                settings.find(Variables.HEALTH_HTTP_PORT),
                settings.get(Variables.HEALTH_HTTP_HOST),
                settings.get(Variables.HEALTH_HTTP_DETAILS));
    }

    private ResilienceConfig resilience() {
        return new ResilienceConfig(
                new ResilienceConfig.Retry(
                        settings.get(Variables.RETRY_MAX_ATTEMPTS),
                        settings.get(Variables.RETRY_BASE_DELAY),
                        settings.get(Variables.RETRY_MAX_DELAY),
                        settings.get(Variables.RETRY_DEADLINE),
                        settings.get(Variables.RETRY_BUDGET_PERCENT),
                        settings.get(Variables.RETRY_BUDGET_PER_SECOND)),
                new ResilienceConfig.CircuitBreaking(
                        settings.get(Variables.CIRCUIT_BREAKER_WINDOW),
                        settings.get(Variables.CIRCUIT_BREAKER_MIN_CALLS),
                        settings.get(Variables.CIRCUIT_BREAKER_FAILURE_PERCENT),
                        settings.get(Variables.CIRCUIT_BREAKER_SLOW_CALL),
                        settings.get(Variables.CIRCUIT_BREAKER_SLOW_PERCENT),
                        settings.get(Variables.CIRCUIT_BREAKER_OPEN_TIME),
                        settings.get(Variables.CIRCUIT_BREAKER_HALF_OPEN_CALLS),
                        settings.get(Variables.CIRCUIT_BREAKER_HALF_OPEN_TIME)),
                settings.find(Variables.CALL_TIME_LIMIT),
                settings.find(Variables.CALL_MAX_CONCURRENT));
    }

    private SecretsConfig secrets() {
        Map<String, Secret> values = new LinkedHashMap<>();
        for (Variable<?> variable : Variables.ALL) {
            if (!settings.secretFiles().containsKey(variable.name())) {
                settings.given(variable)
                        .filter(Secret.class::isInstance)
                        .map(Secret.class::cast)
                        .ifPresent(secret -> values.put(variable.name(), secret));
            }
        }
        return new SecretsConfig(
                settings.find(Variables.SECRETS_DIRECTORY),
                settings.get(Variables.SECRETS_POLL_INTERVAL),
                settings.secretFiles(),
                values);
    }

    private static <T> Optional<T> when(boolean wanted, Supplier<T> value) {
        return wanted ? Optional.of(value.get()) : Optional.empty();
    }
}
