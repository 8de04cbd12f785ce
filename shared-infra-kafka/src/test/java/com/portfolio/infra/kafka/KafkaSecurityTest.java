package com.portfolio.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.kafka.Orders.OrderPlaced;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.KafkaServer;
import com.portfolio.infra.testing.server.TestCertificates;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.KafkaConfig;
import com.portfolio.infra.utilities.secrets.CurrentSecret;
import com.portfolio.infra.utilities.secrets.InMemorySecrets;
import com.portfolio.infra.utilities.secrets.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that encrypt and ask for users. */
class KafkaSecurityTest {

    private static final Eventually EVENTUALLY = Eventually.within(Duration.ofSeconds(60));
    private static final String PASSWORD = "hunter2-first";

    private static TestCertificates certificates;
    private static KafkaServer server;

    @BeforeAll
    static void start() {
        certificates = TestCertificates.create();
        server = KafkaServer.builder()
                .user("ada", PASSWORD)
                .user("grace", PASSWORD)
                .tls(certificates)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        certificates.close();
    }

    private static KafkaConfig config(String brokers, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "SERVICE_NAME", "tests",
                "MESSAGE_BUS_PROVIDER", "kafka",
                "KAFKA_BROKERS", brokers));
        variables.putAll(more);
        return ConfigurationManager.builder()
                .environment(variables)
                .load()
                .messageBus()
                .kafka()
                .orElseThrow();
    }

    private static void exchange(KafkaConfig config) throws Exception {
        try (KafkaCluster cluster = KafkaCluster.builder(config).open();
                KafkaMessageBus bus = bus(cluster, Duration.ofSeconds(20))) {
            Queue<Integer> handled = new ConcurrentLinkedQueue<>();
            bus.subscribe(OrderPlaced.class, order -> handled.add(order.number()));
            bus.publish(new OrderPlaced("o-1", 1)).toCompletableFuture().get();
            EVENTUALLY.pass(() -> assertThat(List.copyOf(handled)).containsExactly(1));
            assertThat(KafkaHealthCheck.of(cluster, bus).check().status()).isEqualTo(HealthStatus.UP);
        }
    }

    private static KafkaMessageBus bus(KafkaCluster cluster, Duration publishTimeout) {
        String space = "s" + UUID.randomUUID();
        return new KafkaMessageBus(
                cluster,
                space,
                Orders.codec(),
                KafkaBusSettings.defaults()
                        .naming(TopicNaming.prefixed(space))
                        .publishTimeout(publishTimeout)
                        .creating(NewTopics.withPartitions(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "scram-sha-256", "scram-sha-512"})
    void aUserIsLetInByHisPassword(String mechanism) throws Exception {
        exchange(config(
                server.saslBootstrapServers(),
                Map.of(
                        "KAFKA_USERNAME", "grace",
                        "KAFKA_PASSWORD", PASSWORD,
                        "KAFKA_SASL_MECHANISM", mechanism)));
    }

    @Test
    void theBrokersCertificateIsTrustedByItsAuthority() throws Exception {
        exchange(config(
                server.tlsBootstrapServers(),
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL",
                        "ssl",
                        "KAFKA_TRUST_STORE",
                        certificates.authority().toString())));
        exchange(config(
                server.tlsBootstrapServers(),
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL",
                        "ssl",
                        "KAFKA_TRUST_STORE",
                        certificates.trustStore().toString(),
                        "KAFKA_TRUST_STORE_PASSWORD",
                        TestCertificates.STORE_PASSWORD)));
    }

    @Test
    void aUserIsLetInOverAnEncryptedConnection() throws Exception {
        exchange(config(
                server.saslTlsBootstrapServers(),
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL",
                        "sasl-ssl",
                        "KAFKA_TRUST_STORE",
                        certificates.authority().toString(),
                        "KAFKA_USERNAME",
                        "grace",
                        "KAFKA_PASSWORD",
                        PASSWORD)));
    }

    @Test
    void aBrokerWhoseAuthorityIsNotTrustedIsRefused() throws Exception {
        KafkaConfig config = config(
                server.tlsBootstrapServers(),
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL",
                        "ssl",
                        "KAFKA_TRUST_STORE",
                        certificates.untrusted().authority().toString()));
        try (KafkaCluster cluster = KafkaCluster.builder(config).open();
                KafkaMessageBus bus = bus(cluster, Duration.ofSeconds(3))) {
            assertThat(bus.publish(new OrderPlaced("o-1", 1)))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(PublishFailedException.class);
            assertThat(KafkaHealthCheck.of(cluster).check().status()).isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        String wrong = "hunter2-wrong";
        KafkaConfig config =
                config(server.saslBootstrapServers(), Map.of("KAFKA_USERNAME", "grace", "KAFKA_PASSWORD", wrong));
        try (KafkaCluster cluster = KafkaCluster.builder(config).open();
                KafkaMessageBus bus = bus(cluster, Duration.ofSeconds(3))) {
            Subscription subscription = bus.subscribe(OrderPlaced.class, order -> {});

            assertThat(bus.publish(new OrderPlaced("o-1", 1)))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("let this service not in")
                    .withMessageNotContaining(wrong);
            EVENTUALLY.get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
            assertThat(subscription.status().reason().orElse(""))
                    .contains("let this service not in")
                    .doesNotContain(wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "scram-sha-512"})
    void aRotatedPasswordIsPickedUpWithoutARestart(String mechanism) throws Exception {
        KafkaConfig config = config(
                server.saslBootstrapServers(),
                Map.of(
                        "KAFKA_USERNAME", "ada",
                        "KAFKA_PASSWORD", PASSWORD,
                        "KAFKA_SASL_MECHANISM", mechanism));
        String rotated = "hunter2-second-" + mechanism;
        try (InMemorySecrets secrets = new InMemorySecrets()) {
            server.updateUser("ada", PASSWORD);
            secrets.put("kafka", Secret.of(PASSWORD));
            try (CurrentSecret password = secrets.current("kafka");
                    KafkaCluster cluster =
                            KafkaCluster.builder(config).password(password).open();
                    KafkaMessageBus bus = bus(cluster, Duration.ofSeconds(10))) {
                Queue<Integer> handled = new ConcurrentLinkedQueue<>();
                Subscription subscription = bus.subscribe(OrderPlaced.class, order -> handled.add(order.number()));
                bus.publish(new OrderPlaced("o-1", 1)).toCompletableFuture().get();
                EVENTUALLY.pass(() -> assertThat(List.copyOf(handled)).containsExactly(1));

                server.updateUser("ada", rotated);
                server.stop();
                server.start();
                EVENTUALLY.get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
                secrets.put("kafka", Secret.of(rotated));

                EVENTUALLY.get("the state", () -> subscription.status().state(), State.RUNNING::equals);
                EVENTUALLY.pass(() ->
                        assertThat(bus.publish(new OrderPlaced("o-1", 2))).succeedsWithin(Duration.ofSeconds(15)));
                EVENTUALLY.pass(() -> assertThat(List.copyOf(handled)).contains(2));
            }
        }
    }
}
