package com.portfolio.infra.utilities.configuration;

import static com.portfolio.infra.utilities.configuration.Load.env;
import static com.portfolio.infra.utilities.configuration.Load.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told all at once. */
class ConfigurationProblemsTest {

    @TempDir
    private Path root;

    @Test
    void allProblemsAreToldAtOnceWithWhereTheValuesCameFrom() throws Exception {
        Path file = Files.writeString(root.resolve("f"), "HEALTH_TIMEOUT=soon\n");
        Map<String, String> environment =
                env("EVENT_STORE_PROVIDER", "neon", "DB_POOL_SIZ", "5", "CONFIG_FILE", file.toString());
        Map<String, String> properties = env("HEALTH_RETRIES", "many");

        assertThatThrownBy(() -> Load.from(environment, properties))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The configuration has 4 problems:\n"
                        + "- HEALTH_TIMEOUT (file of CONFIG_FILE) must be a time from 1ms to 10m, such as 500ms, 3s, 5m or"
                        + " PT3S.\n"
                        + "- HEALTH_RETRIES (system property) must be a whole number from 1 to 100.\n"
                        + "- DATABASE_URL or DATABASE_URL_FILE is required with EVENT_STORE_PROVIDER=neon.\n"
                        + "- DB_POOL_SIZ (environment variable) is not known; did you mean DB_POOL_SIZE? If not,"
                        + " name it in CONFIG_IGNORE.");
    }

    @Test
    void oneProblemIsOneSentence() {
        ConfigurationException failure = Load.failing(env("DB_POOL_SIZE", "0"), Map.of());

        assertThat(failure)
                .hasMessage(
                        "The configuration has a problem: DB_POOL_SIZE (environment variable) must be a whole number"
                                + " from 1 to 1000.");
        assertThat(failure.problems()).hasSize(1);
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_POOL_SIZE|ten|a whole number from 1 to 1000",
                "DB_POOL_SIZE|-1|a whole number from 1 to 1000",
                "DB_POOL_SIZE|99999999999999999999|a whole number from 1 to 1000",
                "DB_POOL_SIZE|1.5|a whole number from 1 to 1000",
                "HEALTH_INTERVAL|10|a time from 100ms to 1d, such as 500ms, 3s, 5m or PT3S",
                "HEALTH_INTERVAL|-3s|a time from 100ms to 1d, such as 500ms, 3s, 5m or PT3S",
                "HEALTH_INTERVAL|99999999999d|a time from 100ms to 1d, such as 500ms, 3s, 5m or PT3S",
                "HEALTH_INTERVAL|P10000000D|a time from 100ms to 1d, such as 500ms, 3s, 5m or PT3S",
                "HEALTH_HTTP_DETAILS|yes|true or false",
                "EVENT_STORE_PROVIDER|postgresql|neon, postgres, memory or none",
                "MESSAGE_BUS_PROVIDER|rabbitmq|kafka, redis, cloudflare, memory or none",
                "KAFKA_BROKERS|localhost|one or more of host:port, separated by commas",
                "KAFKA_BROKERS|a:1,b:|one or more of host:port, separated by commas",
                "KAFKA_BROKERS|a:65536|one or more of host:port, separated by commas",
                "CLOUDFLARE_ACCOUNT_ID|shop|32 hexadecimal digits",
                "SERVICE_NAME|my shop|1 to 100 letters, digits, dots, - and _",
                "DATABASE_SCHEMA|pg_x|at most 63 of a-z, 0-9 and _, not beginning with a digit or pg_",
                "CONFIG_FILE|/does/not/exist|the path of a file that can be read",
                "SECRETS_DIRECTORY|/does/not/exist|the path of a directory that can be read",
                "KAFKA_TRUST_STORE|/|the path of a file that can be read",
                "SCHEMA_REGISTRY_URL|https://u:hunter2@x|a URL that begins with https:// or http:// and holds no user and no"
                        + " password",
                "SCHEMA_REGISTRY_URL|ftp://x|a URL that begins with https:// or http:// and holds no user and no password",
            })
    void eachSaysWhatIsAllowed(String name, String value, String allowed) {
        assertThat(problems(name, value)).contains(name + " (environment variable) must be " + allowed + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:hunter2@h/d", "postgresql://", "u:hunter2@h/d"})
    void theAddressOfADatabaseBeginsAsOne(String url) {
        assertThat(problems("EVENT_STORE_PROVIDER", "neon", "DATABASE_URL", url))
                .containsExactly("DATABASE_URL (environment variable) must be a URL that begins with postgresql:// or"
                        + " postgres:// or jdbc:postgresql://.");
    }

    @Test
    void eachProviderNamesWhatItNeeds() {
        assertThat(problems("EVENT_STORE_PROVIDER", "postgres"))
                .containsExactly("DATABASE_URL or DATABASE_URL_FILE is required with EVENT_STORE_PROVIDER=postgres.");
        assertThat(problems("MESSAGE_BUS_PROVIDER", "kafka"))
                .containsExactly(
                        "SERVICE_NAME is required with MESSAGE_BUS_PROVIDER=kafka.",
                        "KAFKA_BROKERS is required with MESSAGE_BUS_PROVIDER=kafka.");
        assertThat(problems("MESSAGE_BUS_PROVIDER", "redis", "SERVICE_NAME", "x"))
                .containsExactly("REDIS_URL or REDIS_URL_FILE is required with MESSAGE_BUS_PROVIDER=redis.");
        assertThat(problems("MESSAGE_BUS_PROVIDER", "cloudflare", "SERVICE_NAME", "x"))
                .hasSize(3);
        assertThat(problems("MESSAGE_BUS_PROVIDER", "memory")).hasSize(1);
        assertThat(problems("PROJECTION_STORE_PROVIDER", "cloudflare")).hasSize(3);
        assertThat(problems("SCHEMA_REGISTRY_PROVIDER", "confluent"))
                .containsExactly("SCHEMA_REGISTRY_URL is required with SCHEMA_REGISTRY_PROVIDER=confluent.");
    }

    @Test
    void whatWasSetIsNotWithoutEffectForWantOfAChoice() {
        assertThat(problems("DATABASE_URL", "postgres://u@h/d"))
                .containsExactly(
                        "DATABASE_URL (environment variable) is set, but EVENT_STORE_PROVIDER is not, and must be"
                                + " neon, postgres, memory or none.");
        assertThat(problems("KAFKA_BROKERS", "h:1", "REDIS_URL", "rediss://h")).hasSize(2);
        assertThat(problems("SCHEMA_REGISTRY_URL", "https://h")).hasSize(1);
        assertThat(Load.from(env("DATABASE_URL", "postgres://u@h/d", "EVENT_STORE_PROVIDER", "none")))
                .isNotNull();
    }

    @Test
    void oneDatabaseIsOneKindOfDatabase() {
        assertThat(problems(
                        "EVENT_STORE_PROVIDER", "neon",
                        "PROJECTION_STORE_PROVIDER", "postgres",
                        "DATABASE_URL", "postgres://u@h/d"))
                .containsExactly(
                        "EVENT_STORE_PROVIDER and PROJECTION_STORE_PROVIDER mean the same database, so that all"
                                + " of them must be neon or all of them postgres.");
    }

    @Test
    void userAndPasswordBelongTogether() {
        assertThat(problems("KAFKA_USERNAME", "u")).contains("KAFKA_PASSWORD is required with KAFKA_USERNAME.");
        assertThat(problems("KAFKA_PASSWORD", "hunter2")).contains("KAFKA_USERNAME is required with KAFKA_PASSWORD.");
        assertThat(problems("KAFKA_SECURITY_PROTOCOL", "sasl-ssl"))
                .contains("KAFKA_USERNAME is required with KAFKA_SECURITY_PROTOCOL=sasl-ssl.");
        assertThat(problems("KAFKA_USERNAME", "u", "KAFKA_PASSWORD", "hunter2", "KAFKA_SECURITY_PROTOCOL", "ssl"))
                .contains("KAFKA_SECURITY_PROTOCOL (environment variable) must be sasl-ssl or sasl-plaintext, as"
                        + " KAFKA_USERNAME is set.");
        assertThat(problems("SCHEMA_REGISTRY_USERNAME", "u"))
                .contains("SCHEMA_REGISTRY_PASSWORD is required with SCHEMA_REGISTRY_USERNAME.");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://cache:6379,false",
        "redis://:hunter2@cache,false",
        "redis://u:p/x@localhost@cache:6379/0,false",
        "redis://:hunter2@cache:6379/0?clientName=svc@localhost,false",
        "redis://cache#@localhost,false",
        "redis://localhost.evil.example,false",
        "'redis://localhost:1,cache:2',false",
        "rediss://cache:6379,true",
        "redis://localhost:6379/0,true",
        "redis://:hunter2@127.0.0.1,true",
        "redis://[::1]:6379?x=1,true",
    })
    void redisElsewhereIsEncryptedUnlessSaidOtherwise(String url, boolean allowed) {
        Map<String, String> environment = env("MESSAGE_BUS_PROVIDER", "redis", "SERVICE_NAME", "x", "REDIS_URL", url);
        if (allowed) {
            assertThat(Load.from(environment).messageBus().redis()).isPresent();
        } else {
            assertThat(Load.failing(environment, Map.of()).problems())
                    .containsExactly(
                            "REDIS_URL (environment variable) must begin with rediss:// as it is another machine,"
                                    + " unless REDIS_TLS is off.");
            environment.put("REDIS_TLS", "off");
            assertThat(Load.from(environment).messageBus().redis().orElseThrow().tls())
                    .isEqualTo(Tls.OFF);
        }
    }

    @Test
    void httpElsewhereIsEncryptedUnlessSaidOtherwise() {
        assertThat(problems("SCHEMA_REGISTRY_PROVIDER", "confluent", "SCHEMA_REGISTRY_URL", "http://registry"))
                .containsExactly("SCHEMA_REGISTRY_URL (environment variable) must begin with https:// as it is another"
                        + " machine, unless SCHEMA_REGISTRY_TLS is off.");
        assertThat(problems("CLOUDFLARE_API_URL", "http://api"))
                .containsExactly(
                        "CLOUDFLARE_API_URL (environment variable) must begin with https:// unless it is this machine.");
        assertThat(Load.from(env("CLOUDFLARE_API_URL", "http://[::1]:8787/"))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_POOL_MIN_IDLE|11|DB_POOL_MIN_IDLE (environment variable) must not be more than DB_POOL_SIZE.",
                "DB_SOCKET_TIMEOUT|30s|DB_SOCKET_TIMEOUT (environment variable) must be more than DB_STATEMENT_TIMEOUT.",
                "DB_STATEMENT_TIMEOUT|1m|DB_SOCKET_TIMEOUT must be more than DB_STATEMENT_TIMEOUT (environment variable).",
                "DB_POOL_IDLE_TIMEOUT|1h|DB_POOL_MAX_LIFETIME must be at least 1s more than DB_POOL_IDLE_TIMEOUT"
                        + " (environment variable).",
                "DB_POOL_MAX_LIFETIME|600999ms|DB_POOL_MAX_LIFETIME (environment variable) must be at least 1s more"
                        + " than DB_POOL_IDLE_TIMEOUT.",
                "DB_POOL_KEEP_ALIVE|10s|DB_POOL_KEEP_ALIVE (environment variable) must be 0s or at least 30s.",
                "DB_POOL_LEAK_THRESHOLD|1s|DB_POOL_LEAK_THRESHOLD (environment variable) must be 0s or at least 2s.",
                "DB_POOL_LEAK_THRESHOLD|31m|DB_POOL_LEAK_THRESHOLD (environment variable) must not be more than"
                        + " DB_POOL_MAX_LIFETIME.",
                "DB_POOL_KEEP_ALIVE|30m|DB_POOL_MAX_LIFETIME must be more than DB_POOL_KEEP_ALIVE (environment variable).",
                "EVENT_LOG_POLL_INTERVAL|2s|EVENT_LOG_POLL_INTERVAL (environment variable) must not be more than"
                        + " EVENT_LOG_MAX_POLL_INTERVAL.",
                "CIRCUIT_BREAKER_WINDOW|10|CIRCUIT_BREAKER_MIN_CALLS must not be more than CIRCUIT_BREAKER_WINDOW"
                        + " (environment variable).",
                "RETRY_BASE_DELAY|3s|RETRY_BASE_DELAY (environment variable) must not be more than RETRY_MAX_DELAY.",
            })
    void variablesFitEachOtherAndTheDefaults(String name, String value, String problem) {
        assertThat(problems(name, value)).containsExactly(problem);
    }

    @Test
    void aFileOfVariablesIsOneAndNamesNoOther() throws Exception {
        Path binary = Files.write(root.resolve("binary"), new byte[] {'A', '=', (byte) 0xff});
        Path escaped = Files.writeString(root.resolve("escaped"), "A=\\u12");
        Path nested = Files.writeString(root.resolve("nested"), "CONFIG_FILE=/x\n");

        assertThat(problems("CONFIG_FILE", binary.toString()))
                .containsExactly(
                        "CONFIG_FILE (environment variable) must name a file in the properties format and in UTF-8.");
        assertThat(problems("CONFIG_FILE", escaped.toString())).hasSize(1);
        assertThat(problems("CONFIG_FILE", nested.toString()))
                .containsExactly("CONFIG_FILE (file of CONFIG_FILE) can't name a further file.");
    }
}
