package com.portfolio.infra.utilities.configuration;

import static com.portfolio.infra.utilities.configuration.Load.env;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.secrets.Secret;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read, and what it becomes. */
class ConfigurationManagerTest {

    private static final String HEX = "0123456789abcdef0123456789ABCDEF";

    @TempDir
    private Path root;

    @Test
    void nothingSetIsNothingConfiguredAndHasAllDefaults() {
        InfrastructureConfig config = Load.from(Map.of());

        assertThat(config.serviceName()).isEmpty();
        assertThat(config.eventStore())
                .isEqualTo(new EventStoreConfig(
                        EventStoreConfig.Provider.NONE,
                        Optional.empty(),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(1),
                        5000));
        assertThat(config.messageBus().provider()).isEqualTo(MessageBusConfig.Provider.NONE);
        assertThat(config.projections().provider()).isEqualTo(ProjectionsConfig.Provider.NONE);
        assertThat(config.schemaRegistry().provider()).isEqualTo(SchemaRegistryConfig.Provider.NONE);
        assertThat(config.health())
                .isEqualTo(new HealthConfig(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        3,
                        1,
                        Optional.empty(),
                        "127.0.0.1",
                        false));
        assertThat(config.resilience())
                .isEqualTo(new ResilienceConfig(
                        new ResilienceConfig.Retry(
                                3, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(30), 10, 5),
                        new ResilienceConfig.CircuitBreaking(
                                50,
                                20,
                                50,
                                Duration.ofSeconds(2),
                                80,
                                Duration.ofSeconds(10),
                                5,
                                Duration.ofSeconds(30)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(config.secrets())
                .isEqualTo(new SecretsConfig(Optional.empty(), Duration.ofSeconds(10), Map.of(), Map.of()));
    }

    @Test
    void aDatabaseOfNeonsMaySleepAndServesProjectionsToo() {
        InfrastructureConfig config = Load.from(
                env("EVENT_STORE_PROVIDER", "neon", "DATABASE_URL", "postgresql://app:hunter2@ep-x.neon.tech/shop"));

        DatabaseConfig database = config.eventStore().database().orElseThrow();
        assertThat(database)
                .isEqualTo(new DatabaseConfig(
                        Secret.of("postgresql://app:hunter2@ep-x.neon.tech/shop"),
                        Optional.empty(),
                        "infra",
                        DatabaseConfig.TlsPolicy.VERIFY,
                        DatabaseConfig.Preset.SCALE_TO_ZERO,
                        DatabaseConfig.PreparedStatements.UNLESS_POOLED,
                        new PoolSettings(
                                10,
                                0,
                                Duration.ofMinutes(1),
                                Duration.ZERO,
                                Duration.ofSeconds(270),
                                Duration.ofSeconds(20),
                                Optional.empty()),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30)));
        assertThat(config.eventStore().maxPollInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.projections().provider()).isEqualTo(ProjectionsConfig.Provider.NEON);
        assertThat(config.projections().database()).contains(database);
        assertThat(config.schemaRegistry().database()).isEmpty();
    }

    @Test
    void anotherPostgresStaysAwakeUnlessItIsToldOtherwise() {
        Map<String, String> environment = env(
                "EVENT_STORE_PROVIDER", "postgres",
                "DATABASE_URL", "postgres://app@db/shop",
                "DATABASE_PASSWORD", " hunter2 ",
                "DB_POOL_SIZE", "1");
        DatabaseConfig database = Load.from(environment).eventStore().database().orElseThrow();

        assertThat(database.preset()).isEqualTo(DatabaseConfig.Preset.ALWAYS_ON);
        assertThat(database.password()).map(Secret::reveal).contains(" hunter2 ");
        assertThat(database.pool())
                .isEqualTo(new PoolSettings(
                        1,
                        1,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(20),
                        Optional.empty()));

        environment.put("DB_PRESET", "SCALE_TO_ZERO");
        environment.put("DB_POOL_IDLE_TIMEOUT", "90s");
        environment.put("DB_POOL_LEAK_THRESHOLD", "2m");
        DatabaseConfig sleeping = Load.from(environment).eventStore().database().orElseThrow();
        assertThat(sleeping.preset()).isEqualTo(DatabaseConfig.Preset.SCALE_TO_ZERO);
        assertThat(sleeping.pool().idleTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(sleeping.pool().minIdle()).isZero();
        assertThat(sleeping.pool().leakThreshold()).contains(Duration.ofMinutes(2));
    }

    @Test
    void kafkaIsEncryptedUnlessItIsThisMachineOrSaysOtherwise() throws Exception {
        Map<String, String> environment = env(
                "MESSAGE_BUS_PROVIDER",
                "kafka",
                "SERVICE_NAME",
                "shop",
                "KAFKA_BROKERS",
                "a.example:9092 , b.example:9093");
        assertThat(kafka(environment).brokers()).containsExactly("a.example:9092", "b.example:9093");
        assertThat(kafka(environment).securityProtocol()).isEqualTo(KafkaConfig.SecurityProtocol.SSL);

        environment.put("KAFKA_USERNAME", "app");
        environment.put("KAFKA_PASSWORD", "hunter2");
        environment.put("KAFKA_SASL_MECHANISM", "scram-sha-512");
        assertThat(kafka(environment).securityProtocol()).isEqualTo(KafkaConfig.SecurityProtocol.SASL_SSL);
        assertThat(kafka(environment).saslMechanism()).isEqualTo(KafkaConfig.SaslMechanism.SCRAM_SHA_512);

        environment.put("KAFKA_BROKERS", "localhost:9092,127.0.0.1:9093,[::1]:9094");
        assertThat(kafka(environment).securityProtocol()).isEqualTo(KafkaConfig.SecurityProtocol.SASL_PLAINTEXT);

        environment.put("KAFKA_BROKERS", "localhost:9092,b.example:9093");
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        environment.put(
                "KAFKA_TRUST_STORE",
                Files.writeString(root.resolve("ca.pem"), "x").toString());
        assertThat(kafka(environment).securityProtocol()).isEqualTo(KafkaConfig.SecurityProtocol.SASL_PLAINTEXT);
        assertThat(kafka(environment).trustStore()).contains(root.resolve("ca.pem"));
    }

    private static KafkaConfig kafka(Map<String, String> environment) {
        InfrastructureConfig config = Load.from(environment);
        assertThat(config.serviceName()).contains("shop");
        return config.messageBus().kafka().orElseThrow();
    }

    @Test
    void redisCloudflareAndConfluentAreConfigured() {
        InfrastructureConfig config = Load.from(env(
                "SERVICE_NAME", "shop",
                "MESSAGE_BUS_PROVIDER", "redis",
                "REDIS_URL", "rediss://:hunter2@cache:6379/0",
                "PROJECTION_STORE_PROVIDER", "cloudflare",
                "CLOUDFLARE_ACCOUNT_ID", HEX,
                "CLOUDFLARE_API_TOKEN", "hunter2-token",
                "CLOUDFLARE_KV_NAMESPACE_ID", HEX,
                "SCHEMA_REGISTRY_PROVIDER", "confluent",
                "SCHEMA_REGISTRY_URL", "https://registry.example",
                "SCHEMA_REGISTRY_USERNAME", "u",
                "SCHEMA_REGISTRY_PASSWORD", "hunter2",
                "HEALTH_HTTP_PORT", "0",
                "CALL_TIME_LIMIT", "PT1M30S"));

        assertThat(config.messageBus().redis())
                .contains(new RedisConfig(
                        Secret.of("rediss://:hunter2@cache:6379/0"),
                        Optional.empty(),
                        Tls.VERIFY,
                        "infra:",
                        Duration.ofSeconds(5)));
        assertThat(config.messageBus().cloudflare()).isEmpty();
        assertThat(config.projections().cloudflare())
                .contains(new CloudflareConfig(
                        URI.create("https://api.cloudflare.com/client/v4"),
                        HEX,
                        Secret.of("hunter2-token"),
                        Optional.empty(),
                        Optional.of(HEX),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2)));
        assertThat(config.schemaRegistry().url()).contains(URI.create("https://registry.example"));
        assertThat(config.schemaRegistry().password()).contains(Secret.of("hunter2"));
        assertThat(config.health().httpPort()).contains(0);
        assertThat(config.resilience().timeLimit()).contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "3s,3000", "5m,300000", "1h,3600000", "PT3S,3000", "pt0.5s,500", "' 3s ',3000", "3 s,3000"
    })
    void timesAreWrittenAsPeopleWriteThem(String text, long millis) {
        assertThat(Load.from(env("HEALTH_INTERVAL", text)).health().interval()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aSystemPropertyCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
        Path file = Files.writeString(root.resolve("infra.properties"), """
                # UTF-8: Grüße
                DB_POOL_SIZE=1
                HEALTH_RETRIES = 2
                RETRY_MAX_ATTEMPTS: 4
                MESSAGE_BUS_PROVIDER=memory
                SERVICE_NAME=shop
                """);
        Map<String, String> environment = env(
                "CONFIG_FILE", file.toString(),
                "HEALTH_RETRIES", "3",
                "RETRY_MAX_ATTEMPTS", "5",
                "SERVICE_NAME", "  ");
        Map<String, String> properties = env("RETRY_MAX_ATTEMPTS", "6", "HEALTH_RETRIES", "");

        InfrastructureConfig config = Load.from(environment, properties);

        assertThat(config.resilience().retry().maxAttempts()).isEqualTo(6);
        assertThat(config.health().retries()).isEqualTo(3);
        assertThat(config.messageBus().provider()).isEqualTo(MessageBusConfig.Provider.MEMORY);
        assertThat(config.serviceName()).as("blank counts as absent").contains("shop");
    }

    @Test
    void nothingInAValueIsExpanded() {
        Map<String, String> environment = env(
                "EVENT_STORE_PROVIDER", "postgres",
                "DATABASE_URL", "postgres://app@db/shop",
                "DATABASE_PASSWORD", "hunter2${HOME}\\$b,c");

        assertThat(Load.from(environment).eventStore().database().orElseThrow().password())
                .map(Secret::reveal)
                .contains("hunter2${HOME}\\$b,c");
    }

    @Test
    void theRealEnvironmentAndSystemPropertiesAreReadByDefault() {
        String before = System.getProperty("HEALTH_RETRIES");
        System.setProperty("HEALTH_RETRIES", "7");
        try {
            assertThat(ConfigurationManager.load().health().retries()).isEqualTo(7);
        } finally {
            if (before == null) {
                System.clearProperty("HEALTH_RETRIES");
            } else {
                System.setProperty("HEALTH_RETRIES", before);
            }
        }
    }

    /** A source as a library would register it. */
    public static final class RegisteredSource implements org.eclipse.microprofile.config.spi.ConfigSource {

        @Override
        public java.util.Set<String> getPropertyNames() {
            return java.util.Set.of("HEALTH_RETRIES", "DB_POOL_SIZE");
        }

        @Override
        public String getValue(String name) {
            return switch (name) {
                case "HEALTH_RETRIES" -> "9";
                case "DB_POOL_SIZE" -> "swordfish";
                case "RETRY_DEADLINE" -> throw new IllegalStateException("swordfish");
                default -> "";
            };
        }

        @Override
        public String getName() {
            return "vault at https://user:swordfish@vault/";
        }

        @Override
        public int getOrdinal() {
            return 275;
        }
    }

    @Test
    void sourcesOnTheClassPathTakePartWhenAskedFor() throws Exception {
        Path services = Files.createDirectories(root.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("org.eclipse.microprofile.config.spi.ConfigSource"), RegisteredSource.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            var builder = ConfigurationManager.builder()
                    .environment(env("DB_POOL_SIZE", "5", "RETRY_DEADLINE", "1m"))
                    .systemProperties(Map.of());
            assertThat(builder.load().health().retries()).isEqualTo(3);
            builder.withDiscoveredSources();
            assertThat(builder.load().health().retries()).isEqualTo(9);
            assertThat(builder.environment(Map.of()).systemProperties(env("HEALTH_RETRIES", "8")))
                    .isNotNull();
            assertThatThrownBy(builder::load)
                    .isInstanceOfSatisfying(
                            ConfigurationException.class,
                            e -> assertThat(e.problems())
                                    .containsExactlyInAnyOrder(
                                            "DB_POOL_SIZE (source vault at https://user:***@vault/) must be a whole number from 1"
                                                    + " to 1000.",
                                            "RETRY_DEADLINE can't be read (source vault at https://user:***@vault/), because of a"
                                                    + " java.lang.IllegalStateException."));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void everyDefaultAndEveryNameIsSound() {
        assertThat(Variables.ALL)
                .extracting(Variable::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z][A-Z0-9_]+"));
        assertThat(Variables.ALL)
                .allSatisfy(variable ->
                        assertThat(variable.description()).isNotBlank().doesNotEndWith("."));
        assertThat(List.copyOf(Variables.ALL)).filteredOn(Variable::secret).hasSize(9);
    }
}
