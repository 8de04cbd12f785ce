package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.MessagingFailedException;
import com.portfolio.infra.utilities.configuration.KafkaConfig;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Brokers of Kafka and how they are entered: what a {@link KafkaMessageBus}, its {@link KafkaDeadLetterQueue}s and a
 * {@link KafkaHealthCheck} are made of, and share.
 *
 * <pre>{@code
 * try (KafkaCluster cluster = KafkaCluster.at("localhost:9092");
 *         KafkaMessageBus bus = new KafkaMessageBus(cluster, "accounts", codec, KafkaBusSettings.defaults())) {
 *     bus.publish(new UserRegistered("user-1", "ada@example.com"));
 * }
 * }</pre>
 *
 * <p>Thread-safe. To be closed after all that was made of it.
 */
public final class KafkaCluster implements AutoCloseable {

    private final KafkaConfig config;
    private final Map<String, Object> properties;
    private final Runnable refused;
    private final Admin admin;

    private KafkaCluster(Builder builder) {
        this.config = builder.config;
        this.refused = builder.refused;
        this.properties = new LinkedHashMap<>(Security.properties(config, builder.credentials()));
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.brokers()));
        // A broker that is back is to be found within seconds, and not to be asked without a pause.
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        // Clients report their figures by Micrometer, if at all, and not to the brokers.
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        properties.putAll(builder.properties);
        this.admin = openAdmin();
    }

    private Admin openAdmin() {
        Map<String, Object> own = new LinkedHashMap<>(properties);
        own.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        own.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        try {
            return Admin.create(own);
        } catch (KafkaException e) {
            throw new MessagingFailedException(
                    "No client of the brokers " + name() + " can be made: " + KafkaFailures.rootMessage(e) + ".", e);
        }
    }

    /**
     * Brokers that anybody may enter, without encryption; for development.
     *
     * @param brokers some of them, {@code host:port}, separated by commas
     * @throws MessagingFailedException if none of their names can be resolved
     */
    public static KafkaCluster at(String brokers) {
        return builder(plain(Arrays.asList(brokers.split(",", -1)))).open();
    }

    private static KafkaConfig plain(List<String> brokers) {
        return new KafkaConfig(
                brokers.stream().map(String::strip).toList(),
                KafkaConfig.SecurityProtocol.PLAINTEXT,
                KafkaConfig.SaslMechanism.PLAIN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                KafkaConfig.GroupProtocol.AUTO,
                KafkaConfig.Topics.defaults());
    }

    /** Brokers as a configuration has them. */
    public static Builder builder(KafkaConfig config) {
        return new Builder(config);
    }

    /** What a cluster is made from. */
    public static final class Builder {

        private final KafkaConfig config;
        private final Map<String, Object> properties = new LinkedHashMap<>();
        private @Nullable Supplier<Secret> password;
        private Runnable refused = () -> {};

        private Builder(KafkaConfig config) {
            this.config = Objects.requireNonNull(config, "config");
            config.password().ifPresent(fixed -> this.password = () -> fixed);
        }

        /**
         * A password that may be rotated, in place of the configuration's. Each new connection is made with the newest one;
         * those that stand stay, as long as the brokers let them.
         */
        public Builder password(CurrentSecret current) {
            this.password = current;
            this.refused = current::lookAgain;
            return this;
        }

        /** One more property of all Kafka clients, which goes before the library's own. */
        public Builder property(String name, Object value) {
            properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        private Optional<KafkaLogin.Credentials> credentials() {
            return config.username()
                    .map(user -> new KafkaLogin.Credentials(user, Objects.requireNonNull(password, "password")));
        }

        /**
         * The cluster. Connects when it is first asked for something.
         *
         * @throws MessagingFailedException if no name of a broker can be resolved, or a property does not fit
         */
        public KafkaCluster open() {
            return new KafkaCluster(this);
        }
    }

    /** For messages: {@code broker-1:9092, broker-2:9092}. */
    String name() {
        return String.join(", ", config.brokers());
    }

    Admin admin() {
        return admin;
    }

    /** What all clients are made with; a copy for the caller to add to. */
    Map<String, Object> clientProperties() {
        return new LinkedHashMap<>(properties);
    }

    /** The brokers refused user or password, which may have been rotated. */
    void loginRefused() {
        refused.run();
    }

    /** Closes connections, without waiting. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
