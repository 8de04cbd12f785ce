package com.portfolio.infra.utilities.configuration;

import com.portfolio.infra.utilities.secrets.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every variable, in the order in which they are documented. This is the one place where they are declared. */
final class Variables {

    private static final List<Variable<?>> DECLARED = new ArrayList<>();

    // The configuration itself

    static final Variable<Path> CONFIG_FILE = variable(
            Section.GENERAL,
            "CONFIG_FILE",
            Formats.file(),
            "A file with further variables, in the properties format and UTF-8; a system property or an environment"
                    + " variable itself");
    static final Variable<List<String>> CONFIG_IGNORE = variable(
            Section.GENERAL,
            "CONFIG_IGNORE",
            Formats.names(),
            "Names that look like misspelt variables of this table and are none");
    static final Variable<String> SERVICE_NAME = variable(
            Section.GENERAL,
            "SERVICE_NAME",
            Formats.text("1 to 100 letters, digits, dots, - and _", "[A-Za-z0-9._-]{1,100}"),
            "The name of the service, in the names of consumer groups and as the source of messages; required with a"
                    + " message bus");

    // Event store

    static final Variable<EventStoreConfig.Provider> EVENT_STORE_PROVIDER = variable(
            Section.EVENT_STORE,
            "EVENT_STORE_PROVIDER",
            Formats.choice(EventStoreConfig.Provider.class),
            "none",
            "What keeps the events: a database of Neon's, another PostgreSQL, or this process");
    static final Variable<Duration> EVENT_LOG_POLL_INTERVAL = variable(
            Section.EVENT_STORE,
            "EVENT_LOG_POLL_INTERVAL",
            Formats.duration("1ms", "1d"),
            "20ms",
            "How often the log is asked for news while it has some");
    static final Variable<Duration> EVENT_LOG_MAX_POLL_INTERVAL = variable(
            Section.EVENT_STORE,
            "EVENT_LOG_MAX_POLL_INTERVAL",
            Formats.duration("1ms", "1d"),
            byPreset(preset -> Durations.text(preset.maxPollInterval())),
            Optional.empty(),
            "How often the log is asked after it had no news for long; each time wakes a database that sleeps");
    static final Variable<Integer> EVENT_LOG_FILTER_WINDOW = variable(
            Section.EVENT_STORE,
            "EVENT_LOG_FILTER_WINDOW",
            Formats.number(1, 100_000),
            "5000",
            "How many events one page of a filtered log looks at");

    // Projections

    static final Variable<ProjectionsConfig.Provider> PROJECTION_STORE_PROVIDER = variable(
            Section.PROJECTIONS,
            "PROJECTION_STORE_PROVIDER",
            Formats.choice(ProjectionsConfig.Provider.class),
            "as `EVENT_STORE_PROVIDER`",
            Optional.empty(),
            "What keeps the read models; `cloudflare` is Workers KV");

    // Database

    static final Variable<Secret> DATABASE_URL = secret(
            Section.DATABASE,
            "DATABASE_URL",
            Formats.secretUrl("postgresql://", "postgres://", "jdbc:postgresql://"),
            "Where the database is, as Neon's console or pgjdbc writes it; required with `neon` and `postgres`");
    static final Variable<Secret> DATABASE_PASSWORD = secret(
            Section.DATABASE, "DATABASE_PASSWORD", Formats.secret(), "The password, in place of the one in the URL");
    static final Variable<String> DATABASE_SCHEMA = variable(
            Section.DATABASE,
            "DATABASE_SCHEMA",
            Formats.text(
                    "at most 63 of a-z, 0-9 and _, not beginning with a digit or pg_", "(?!pg_)[a-z_][a-z0-9_]{0,62}"),
            "infra",
            "The schema that holds the tables");
    static final Variable<DatabaseConfig.TlsPolicy> DATABASE_TLS = variable(
            Section.DATABASE,
            "DATABASE_TLS",
            Formats.choice(DatabaseConfig.TlsPolicy.class),
            "verify",
            "Whether the server's certificate is checked unless the URL says `sslmode=disable` or the server is this"
                    + " machine, or all is as the URL's `sslmode` says");
    static final Variable<DatabaseConfig.Preset> DB_PRESET = variable(
            Section.DATABASE,
            "DB_PRESET",
            Formats.choice(DatabaseConfig.Preset.class),
            "`scale-to-zero` with `neon`, `always-on` with `postgres`",
            Optional.empty(),
            "Whether the database may fall asleep while nothing happens");
    static final Variable<DatabaseConfig.PreparedStatements> DB_PREPARED_STATEMENTS = variable(
            Section.DATABASE,
            "DB_PREPARED_STATEMENTS",
            Formats.choice(DatabaseConfig.PreparedStatements.class),
            "unless-pooled",
            "Whether statements are prepared in the server; `off` behind a pooler that is not Neon's");
    static final Variable<Integer> DB_POOL_SIZE = variable(
            Section.DATABASE, "DB_POOL_SIZE", Formats.number(1, 1_000), "10", "The greatest number of connections");
    static final Variable<Integer> DB_POOL_MIN_IDLE = variable(
            Section.DATABASE,
            "DB_POOL_MIN_IDLE",
            Formats.number(0, 1_000),
            byPreset(preset -> Integer.toString(preset.pool().minIdle())),
            Optional.empty(),
            "Connections kept open while nobody uses them, at most `DB_POOL_SIZE`");
    static final Variable<Duration> DB_POOL_ACQUIRE_TIMEOUT = variable(
            Section.DATABASE,
            "DB_POOL_ACQUIRE_TIMEOUT",
            Formats.duration("250ms", "1h"),
            "20s",
            "How long a call waits for a connection, which covers waking a database");
    static final Variable<Duration> DB_POOL_IDLE_TIMEOUT = variable(
            Section.DATABASE,
            "DB_POOL_IDLE_TIMEOUT",
            Formats.duration("10s", "1d"),
            byPreset(preset -> Durations.text(preset.pool().idleTimeout())),
            Optional.empty(),
            "After which an unused connection is closed");
    static final Variable<Duration> DB_POOL_KEEP_ALIVE = variable(
            Section.DATABASE,
            "DB_POOL_KEEP_ALIVE",
            Formats.duration("0s", "1d"),
            byPreset(preset -> Durations.text(preset.pool().keepAlive())),
            Optional.empty(),
            "How often an unused connection is tried out: 0s for never, or at least 30s and less than"
                    + " `DB_POOL_MAX_LIFETIME`");
    static final Variable<Duration> DB_POOL_MAX_LIFETIME = variable(
            Section.DATABASE,
            "DB_POOL_MAX_LIFETIME",
            Formats.duration("30s", "1d"),
            byPreset(preset -> Durations.text(preset.pool().maxLifetime())),
            Optional.empty(),
            "After which a connection is replaced, at least 1s more than `DB_POOL_IDLE_TIMEOUT`");
    static final Variable<Duration> DB_POOL_LEAK_THRESHOLD = variable(
            Section.DATABASE,
            "DB_POOL_LEAK_THRESHOLD",
            Formats.duration("0s", "1d"),
            "`0s`, as the stores give back what they take",
            Optional.empty(),
            "After which a connection that was not given back is logged with where it was taken: 0s for never, or at"
                    + " least 2s and at most `DB_POOL_MAX_LIFETIME`; costs some microseconds a call");
    static final Variable<Duration> DB_CONNECT_TIMEOUT = variable(
            Section.DATABASE,
            "DB_CONNECT_TIMEOUT",
            Formats.duration("1ms", "1d"),
            "10s",
            "For one attempt to open a connection");
    static final Variable<Duration> DB_STATEMENT_TIMEOUT = variable(
            Section.DATABASE,
            "DB_STATEMENT_TIMEOUT",
            Formats.duration("1ms", "1d"),
            "30s",
            "After which a call is cancelled");
    static final Variable<Duration> DB_SOCKET_TIMEOUT = variable(
            Section.DATABASE,
            "DB_SOCKET_TIMEOUT",
            Formats.duration("1ms", "1d"),
            "40s",
            "After which a silent connection is given up, more than `DB_STATEMENT_TIMEOUT`");
    static final Variable<Duration> DB_IN_DOUBT_TIMEOUT = variable(
            Section.DATABASE,
            "DB_IN_DOUBT_TIMEOUT",
            Formats.duration("1ms", "1d"),
            "20s",
            "How long an append whose connection broke is repeated to find out what became of it");
    static final Variable<Duration> DB_IDLE_TRANSACTION_TIMEOUT = variable(
            Section.DATABASE,
            "DB_IDLE_TRANSACTION_TIMEOUT",
            Formats.duration("1ms", "1d"),
            "30s",
            "After which the server ends a transaction of the service's that an append joined and that does nothing");

    // Message bus

    static final Variable<MessageBusConfig.Provider> MESSAGE_BUS_PROVIDER = variable(
            Section.MESSAGE_BUS,
            "MESSAGE_BUS_PROVIDER",
            Formats.choice(MessageBusConfig.Provider.class),
            "none",
            "What carries messages between services; `cloudflare` is Queues");
    static final Variable<Duration> MESSAGE_BUS_PUBLISH_TIMEOUT = variable(
            Section.MESSAGE_BUS,
            "MESSAGE_BUS_PUBLISH_TIMEOUT",
            Formats.duration("1ms", "1h"),
            "30s",
            "How long publishing waits for the broker; `memory` never waits");
    static final Variable<Duration> MESSAGE_BUS_CLOSE_TIMEOUT = variable(
            Section.MESSAGE_BUS,
            "MESSAGE_BUS_CLOSE_TIMEOUT",
            Formats.duration("0s", "1d"),
            "20s",
            "How long closing waits for what is being published or handled; with `memory` each subscription says so");

    // Kafka

    static final Variable<List<String>> KAFKA_BROKERS =
            variable(Section.KAFKA, "KAFKA_BROKERS", Formats.brokers(), "Some of the brokers; required with `kafka`");
    static final Variable<KafkaConfig.SecurityProtocol> KAFKA_SECURITY_PROTOCOL = variable(
            Section.KAFKA,
            "KAFKA_SECURITY_PROTOCOL",
            Formats.choice(KafkaConfig.SecurityProtocol.class),
            "`ssl`, or `plaintext` where all brokers are this machine; `sasl-…` of it with `KAFKA_USERNAME`",
            Optional.empty(),
            "How brokers are talked to; `plaintext` and `sasl-plaintext` are not encrypted");
    static final Variable<KafkaConfig.SaslMechanism> KAFKA_SASL_MECHANISM = variable(
            Section.KAFKA,
            "KAFKA_SASL_MECHANISM",
            Formats.choice(KafkaConfig.SaslMechanism.class),
            "plain",
            "How user and password are proved; of effect with `KAFKA_USERNAME`");
    static final Variable<String> KAFKA_USERNAME =
            variable(Section.KAFKA, "KAFKA_USERNAME", Formats.text("text", ".+"), "Who connects, where brokers ask");
    static final Variable<Secret> KAFKA_PASSWORD =
            secret(Section.KAFKA, "KAFKA_PASSWORD", Formats.secret(), "Required with `KAFKA_USERNAME`");
    static final Variable<Path> KAFKA_TRUST_STORE = variable(
            Section.KAFKA,
            "KAFKA_TRUST_STORE",
            Formats.file(),
            "the JVM's",
            Optional.empty(),
            "Whom to trust: a file of certificates in PEM (`.pem`, `.crt`), PKCS 12 (`.p12`) or JKS");
    static final Variable<Secret> KAFKA_TRUST_STORE_PASSWORD =
            secret(Section.KAFKA, "KAFKA_TRUST_STORE_PASSWORD", Formats.secret(), "Opens `KAFKA_TRUST_STORE`");
    static final Variable<Path> KAFKA_KEY_STORE = variable(
            Section.KAFKA,
            "KAFKA_KEY_STORE",
            Formats.file(),
            "The certificate and key of this service, where brokers ask, in the same formats");
    static final Variable<Secret> KAFKA_KEY_STORE_PASSWORD =
            secret(Section.KAFKA, "KAFKA_KEY_STORE_PASSWORD", Formats.secret(), "Opens `KAFKA_KEY_STORE`");
    static final Variable<KafkaConfig.GroupProtocol> KAFKA_GROUP_PROTOCOL = variable(
            Section.KAFKA,
            "KAFKA_GROUP_PROTOCOL",
            Formats.choice(KafkaConfig.GroupProtocol.class),
            "auto",
            "How members of a group share the work; `consumer` needs brokers of version 4, and `auto` takes it where they can");
    static final Variable<String> KAFKA_TOPIC_PREFIX = variable(
            Section.KAFKA,
            "KAFKA_TOPIC_PREFIX",
            Formats.text("1 to 100 letters, digits, dots, - and _", "[A-Za-z0-9._-]{1,100}"),
            "events",
            "What the names of topics begin with: `<prefix>.<event type>`");
    static final Variable<Boolean> KAFKA_CREATE_TOPICS =
            variable(Section.KAFKA, "KAFKA_CREATE_TOPICS", Formats.flag(), "false", "Whether missing topics are made");
    static final Variable<Integer> KAFKA_TOPIC_PARTITIONS = variable(
            Section.KAFKA,
            "KAFKA_TOPIC_PARTITIONS",
            Formats.number(1, 10_000),
            "12",
            "With how many partitions topics are made, and which other number is refused; of effect with `KAFKA_CREATE_TOPICS`");
    static final Variable<Integer> KAFKA_TOPIC_REPLICATION = variable(
            Section.KAFKA,
            "KAFKA_TOPIC_REPLICATION",
            Formats.number(1, 100),
            "the brokers'",
            Optional.empty(),
            "How many brokers keep a copy of new topics");
    static final Variable<Duration> KAFKA_TOPIC_RETENTION = variable(
            Section.KAFKA,
            "KAFKA_TOPIC_RETENTION",
            Formats.duration("1m", "3650d"),
            "the brokers'",
            Optional.empty(),
            "How long new topics keep messages");

    // Redis

    static final Variable<Secret> REDIS_URL = secret(
            Section.REDIS,
            "REDIS_URL",
            Formats.secretUrl("rediss://", "redis://"),
            "Where Redis is, `rediss://user:password@host:port/database`; required with `redis`");
    static final Variable<Secret> REDIS_PASSWORD =
            secret(Section.REDIS, "REDIS_PASSWORD", Formats.secret(), "The password, in place of the one in the URL");
    static final Variable<Tls> REDIS_TLS = variable(
            Section.REDIS,
            "REDIS_TLS",
            Formats.choice(Tls.class),
            "verify",
            "`off` allows a `redis://` to another machine, which is not encrypted");
    static final Variable<String> REDIS_KEY_PREFIX = variable(
            Section.REDIS,
            "REDIS_KEY_PREFIX",
            Formats.text("1 to 50 letters, digits, dots, :, - and _", "[A-Za-z0-9.:_-]{1,50}"),
            "infra:",
            "What the names of all keys begin with");
    static final Variable<Duration> REDIS_COMMAND_TIMEOUT = variable(
            Section.REDIS,
            "REDIS_COMMAND_TIMEOUT",
            Formats.duration("100ms", "10m"),
            "5s",
            "How long a command may take");

    // Cloudflare

    static final Variable<String> CLOUDFLARE_ACCOUNT_ID = variable(
            Section.CLOUDFLARE,
            "CLOUDFLARE_ACCOUNT_ID",
            Formats.text("32 hexadecimal digits", "[0-9A-Fa-f]{32}"),
            "The account; required with `cloudflare`");
    static final Variable<Secret> CLOUDFLARE_API_TOKEN = secret(
            Section.CLOUDFLARE,
            "CLOUDFLARE_API_TOKEN",
            Formats.secret(),
            "May read and write the queue, the namespace or both; required with `cloudflare`");
    static final Variable<String> CLOUDFLARE_QUEUE_ID = variable(
            Section.CLOUDFLARE,
            "CLOUDFLARE_QUEUE_ID",
            Formats.text("32 hexadecimal digits", "[0-9A-Fa-f]{32}"),
            "The queue, by id and not by name; required with `MESSAGE_BUS_PROVIDER=cloudflare`");
    static final Variable<String> CLOUDFLARE_KV_NAMESPACE_ID = variable(
            Section.CLOUDFLARE,
            "CLOUDFLARE_KV_NAMESPACE_ID",
            Formats.text("32 hexadecimal digits", "[0-9A-Fa-f]{32}"),
            "The namespace of read models; required with `PROJECTION_STORE_PROVIDER=cloudflare`");
    static final Variable<URI> CLOUDFLARE_API_URL = variable(
            Section.CLOUDFLARE,
            "CLOUDFLARE_API_URL",
            Formats.httpUrl(),
            "https://api.cloudflare.com/client/v4",
            "Another address of the API, for tests; http only on this machine");
    static final Variable<Duration> CLOUDFLARE_TIMEOUT = variable(
            Section.CLOUDFLARE,
            "CLOUDFLARE_TIMEOUT",
            Formats.duration("100ms", "10m"),
            "30s",
            "How long a call may take");
    static final Variable<Duration> CLOUDFLARE_VISIBILITY_TIMEOUT = variable(
            Section.CLOUDFLARE,
            "CLOUDFLARE_VISIBILITY_TIMEOUT",
            Formats.duration("1s", "12h"),
            "2m",
            "How long a message that was pulled is kept from others; more than a handler takes");

    // Schema registry

    static final Variable<SchemaRegistryConfig.Provider> SCHEMA_REGISTRY_PROVIDER = variable(
            Section.SCHEMA_REGISTRY,
            "SCHEMA_REGISTRY_PROVIDER",
            Formats.choice(SchemaRegistryConfig.Provider.class),
            "none",
            "What keeps the schemas of events; `confluent` is any registry that speaks Confluent's REST");
    static final Variable<URI> SCHEMA_REGISTRY_URL = variable(
            Section.SCHEMA_REGISTRY,
            "SCHEMA_REGISTRY_URL",
            Formats.httpUrl(),
            "Where the registry is; required with `confluent`");
    static final Variable<String> SCHEMA_REGISTRY_USERNAME = variable(
            Section.SCHEMA_REGISTRY,
            "SCHEMA_REGISTRY_USERNAME",
            Formats.text("text", ".+"),
            "Who asks, where the registry wants to know");
    static final Variable<Secret> SCHEMA_REGISTRY_PASSWORD = secret(
            Section.SCHEMA_REGISTRY,
            "SCHEMA_REGISTRY_PASSWORD",
            Formats.secret(),
            "Required with `SCHEMA_REGISTRY_USERNAME`");
    static final Variable<Tls> SCHEMA_REGISTRY_TLS = variable(
            Section.SCHEMA_REGISTRY,
            "SCHEMA_REGISTRY_TLS",
            Formats.choice(Tls.class),
            "verify",
            "`off` allows an `http://` to another machine, which is not encrypted");

    // Health checks

    static final Variable<Duration> HEALTH_INTERVAL = variable(
            Section.HEALTH,
            "HEALTH_INTERVAL",
            Formats.duration("100ms", "1d"),
            "10s",
            "How long a result counts, and a check is not made again");
    static final Variable<Duration> HEALTH_DOWN_INTERVAL = variable(
            Section.HEALTH, "HEALTH_DOWN_INTERVAL", Formats.duration("100ms", "1d"), "5s", "The same for what is down");
    static final Variable<Duration> HEALTH_TIMEOUT = variable(
            Section.HEALTH, "HEALTH_TIMEOUT", Formats.duration("1ms", "10m"), "2s", "How long a check may take");
    static final Variable<Integer> HEALTH_RETRIES = variable(
            Section.HEALTH,
            "HEALTH_RETRIES",
            Formats.number(1, 100),
            "3",
            "How many failures in a row make something down, as Docker counts them");
    static final Variable<Integer> HEALTH_SUCCESS_THRESHOLD = variable(
            Section.HEALTH,
            "HEALTH_SUCCESS_THRESHOLD",
            Formats.number(1, 100),
            "1",
            "How many successes in a row make it up again");
    static final Variable<Integer> HEALTH_HTTP_PORT = variable(
            Section.HEALTH,
            "HEALTH_HTTP_PORT",
            Formats.number(0, 65_535),
            "Where health is told over HTTP: not at all if it is not set, and at any free port with 0");
    static final Variable<String> HEALTH_HTTP_HOST = variable(
            Section.HEALTH,
            "HEALTH_HTTP_HOST",
            Formats.text("a host's name or address", "[A-Za-z0-9._:%-]{1,255}"),
            "127.0.0.1",
            "The address to listen at; `0.0.0.0` for everybody, as a container needs it");
    static final Variable<Boolean> HEALTH_HTTP_DETAILS = variable(
            Section.HEALTH,
            "HEALTH_HTTP_DETAILS",
            Formats.flag(),
            "false",
            "Whether single checks and their reasons are told, and not only the sum");

    // Resilience

    static final Variable<Integer> RETRY_MAX_ATTEMPTS = variable(
            Section.RESILIENCE,
            "RETRY_MAX_ATTEMPTS",
            Formats.number(1, 100),
            "3",
            "How often a call is tried, the first time included");
    static final Variable<Duration> RETRY_BASE_DELAY = variable(
            Section.RESILIENCE,
            "RETRY_BASE_DELAY",
            Formats.duration("1ms", "1h"),
            "100ms",
            "The longest wait before the second attempt; it doubles each time, and the wait is anything below it");
    static final Variable<Duration> RETRY_MAX_DELAY = variable(
            Section.RESILIENCE,
            "RETRY_MAX_DELAY",
            Formats.duration("1ms", "1h"),
            "2s",
            "Up to which it doubles, at least `RETRY_BASE_DELAY`");
    static final Variable<Duration> RETRY_DEADLINE = variable(
            Section.RESILIENCE,
            "RETRY_DEADLINE",
            Formats.duration("1ms", "1d"),
            "30s",
            "After which no further attempt begins, whatever is left of them");
    static final Variable<Integer> RETRY_BUDGET_PERCENT = variable(
            Section.RESILIENCE,
            "RETRY_BUDGET_PERCENT",
            Formats.number(0, 100),
            "10",
            "How many retries there may be for 100 calls");
    static final Variable<Integer> RETRY_BUDGET_PER_SECOND = variable(
            Section.RESILIENCE,
            "RETRY_BUDGET_PER_SECOND",
            Formats.number(0, 10_000),
            "5",
            "How many retries there may be each second besides");
    static final Variable<Integer> CIRCUIT_BREAKER_WINDOW = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_WINDOW",
            Formats.number(1, 10_000),
            "50",
            "How many of the last calls count");
    static final Variable<Integer> CIRCUIT_BREAKER_MIN_CALLS = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_MIN_CALLS",
            Formats.number(1, 10_000),
            "20",
            "How many there must be before it opens, at most `CIRCUIT_BREAKER_WINDOW`");
    static final Variable<Integer> CIRCUIT_BREAKER_FAILURE_PERCENT = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_FAILURE_PERCENT",
            Formats.number(1, 100),
            "50",
            "How many failures of 100 calls open it");
    static final Variable<Duration> CIRCUIT_BREAKER_SLOW_CALL = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_SLOW_CALL",
            Formats.duration("1ms", "1h"),
            "2s",
            "From when on a call is slow; for a database it comes on top of `DB_POOL_ACQUIRE_TIMEOUT`");
    static final Variable<Integer> CIRCUIT_BREAKER_SLOW_PERCENT = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_SLOW_PERCENT",
            Formats.number(1, 100),
            "80",
            "How many slow ones of 100 calls open it");
    static final Variable<Duration> CIRCUIT_BREAKER_OPEN_TIME = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_OPEN_TIME",
            Formats.duration("1ms", "1h"),
            "10s",
            "How long it refuses all calls before it lets some through");
    static final Variable<Integer> CIRCUIT_BREAKER_HALF_OPEN_CALLS = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_HALF_OPEN_CALLS",
            Formats.number(1, 1_000),
            "5",
            "How many it lets through then");
    static final Variable<Duration> CIRCUIT_BREAKER_HALF_OPEN_TIME = variable(
            Section.RESILIENCE,
            "CIRCUIT_BREAKER_HALF_OPEN_TIME",
            Formats.duration("1ms", "1h"),
            "30s",
            "How long it waits for them");

    static final Variable<Duration> CALL_TIME_LIMIT = variable(
            Section.RESILIENCE,
            "CALL_TIME_LIMIT",
            Formats.duration("1ms", "1d"),
            "none",
            Optional.empty(),
            "How long an attempt is waited for, beside the limits that clients have themselves");
    static final Variable<Integer> CALL_MAX_CONCURRENT = variable(
            Section.RESILIENCE,
            "CALL_MAX_CONCURRENT",
            Formats.number(1, 100_000),
            "any number",
            Optional.empty(),
            "How many calls of one dependency may be under way; others are refused");

    // Secrets

    static final Variable<Path> SECRETS_DIRECTORY = variable(
            Section.SECRETS,
            "SECRETS_DIRECTORY",
            Formats.directory(),
            "Mounted secrets: a file there that is named as a secret of this table is used as if it were named by"
                    + " `…_FILE`, unless the secret is set");
    static final Variable<Duration> SECRETS_POLL_INTERVAL = variable(
            Section.SECRETS,
            "SECRETS_POLL_INTERVAL",
            Formats.duration("10ms", "1d"),
            "10s",
            "How often files of secrets are looked at for a rotation");

    /** All of them. */
    static final List<Variable<?>> ALL = Collections.unmodifiableList(DECLARED);

    private Variables() {}

    private static String byPreset(Function<PresetDefaults, String> value) {
        return "`" + value.apply(PresetDefaults.ALWAYS_ON) + "`, or `" + value.apply(PresetDefaults.SCALE_TO_ZERO)
                + "` with `scale-to-zero`";
    }

    private static Variable<Secret> secret(Section section, String name, Format<Secret> format, String description) {
        return declared(new Variable<>(name, section, format, Optional.empty(), "", true, description));
    }

    private static <T> Variable<T> variable(Section section, String name, Format<T> format, String description) {
        return variable(section, name, format, "", Optional.empty(), description);
    }

    private static <T> Variable<T> variable(
            Section section, String name, Format<T> format, String defaultValue, String description) {
        try {
            Optional<T> value = Optional.of(format.read(defaultValue));
            return variable(section, name, format, "`" + defaultValue + "`", value, description);
        } catch (NotAllowedException e) {
            throw new IllegalStateException(name + " has a default that it does not allow.", e);
        }
    }

    private static <T> Variable<T> variable(
            Section section,
            String name,
            Format<T> format,
            String defaultText,
            Optional<T> defaultValue,
            String description) {
        return declared(new Variable<>(name, section, format, defaultValue, defaultText, false, description));
    }

    private static <T> Variable<T> declared(Variable<T> variable) {
        DECLARED.add(variable);
        return variable;
    }
}
