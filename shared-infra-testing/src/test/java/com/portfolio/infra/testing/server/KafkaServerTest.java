package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.portfolio.infra.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "tests";

    private static void createTopic(KafkaServer kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static void send(Map<String, Object> client, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(String brokers, String group, String protocol) {
        Map<String, Object> client = new HashMap<>(Map.of(
                "bootstrap.servers", brokers,
                "group.id", group,
                "group.protocol", protocol,
                "auto.offset.reset", "earliest"));
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            List<String> read = new ArrayList<>();
            Eventually.within(PATIENCE)
                    .get(
                            "what was sent",
                            () -> {
                                consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.value()));
                                return read.size();
                            },
                            size -> size > 0);
            return read;
        }
    }

    private static Map<String, Object> plain(KafkaServer kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static Map<String, Object> user(KafkaServer kafka, String mechanism, String password) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return Map.of(
                "bootstrap.servers",
                kafka.saslBootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"ada\" password=\"" + password
                        + "\";");
    }

    @Test
    void whatWasSentIsThereAfterItWasKilledAndStartedAgain() throws Exception {
        try (KafkaServer kafka = KafkaServer.builder().start()) {
            createTopic(kafka);
            String brokers = kafka.bootstrapServers();
            send(plain(kafka), "first");

            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.start();

            assertThat(kafka.bootstrapServers()).isEqualTo(brokers);
            assertThat(read(brokers, "classics", "classic")).containsExactly("first");
            assertThat(read(brokers, "consumers", "consumer")).containsExactly("first");
        }
    }

    @Test
    void aFrozenServerAnswersWhenItIsThawed() throws Exception {
        try (KafkaServer kafka = KafkaServer.builder().start();
                Admin admin = Admin.create(plain(kafka))) {
            admin.describeCluster().nodes().get(60, TimeUnit.SECONDS);

            kafka.freeze();
            var answer = admin.describeCluster().nodes();
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS));
            assertThat(kafka.isRunning()).isTrue();
            kafka.thaw();

            assertThat(answer.get(60, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void usersAreLetInByTheirPasswordWhichCanBeChanged() throws Exception {
        try (KafkaServer kafka = KafkaServer.builder().user("ada", "hunter2-a").start()) {
            createTopic(kafka);
            for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")) {
                kafka.updateUser("ada", "hunter2-a");
                send(user(kafka, mechanism, "hunter2-a"), mechanism);
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> send(user(kafka, mechanism, "hunter2-b"), mechanism));

                kafka.updateUser("ada", "hunter2-b");

                Eventually.within(PATIENCE)
                        .pass(() -> assertThat(isLetIn(user(kafka, mechanism, "hunter2-b")))
                                .isTrue());
                assertThat(isLetIn(user(kafka, mechanism, "hunter2-a"))).isFalse();
            }
            assertThatIllegalArgumentException().isThrownBy(() -> kafka.updateUser("nobody", "hunter2"));
        }
    }

    private static boolean isLetIn(Map<String, Object> client) {
        try {
            send(client, "again");
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void connectionsAreEncryptedWithTheCertificate() throws Exception {
        try (TestCertificates certificates = TestCertificates.create();
                KafkaServer kafka = KafkaServer.builder().tls(certificates).start()) {
            createTopic(kafka);
            Map<String, Object> trusting = Map.of(
                    "bootstrap.servers",
                    kafka.tlsBootstrapServers(),
                    "security.protocol",
                    "SSL",
                    "ssl.truststore.type",
                    "PEM",
                    "ssl.truststore.location",
                    certificates.authority().toString());
            Map<String, Object> distrusting = new HashMap<>(trusting);
            distrusting.put(
                    "ssl.truststore.location",
                    certificates.untrusted().authority().toString());

            send(trusting, "secret");

            assertThat(isLetIn(distrusting)).isFalse();
            assertThatIllegalStateException().isThrownBy(kafka::saslBootstrapServers);
        }
    }

    @Test
    void whyItDoesNotStartIsTold() {
        assertThatExceptionOfType(EmbeddedServerException.class)
                .isThrownBy(() -> KafkaServer.builder()
                        .setting("num.network.threads", "none")
                        .start())
                .withMessageContaining("num.network.threads");
    }

    @Test
    void nothingOfAClosedServerIsLeft() {
        KafkaServer kafka = KafkaServer.builder().start();
        Path log = kafka.log();
        assertThat(log).exists();

        kafka.close();
        kafka.close();

        assertThat(Files.exists(log.getParent())).isFalse();
        assertThat(kafka.isRunning()).isFalse();
        assertThatIllegalStateException().isThrownBy(kafka::start);
    }

    @Test
    void aServerThatRunsIsNotStartedTwice() {
        try (KafkaServer kafka = KafkaServer.builder().start()) {
            assertThatIllegalStateException().isThrownBy(kafka::start);
            kafka.stop();
            kafka.stop();
            assertThatIllegalStateException().isThrownBy(kafka::freeze);
        }
    }
}
