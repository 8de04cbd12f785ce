package com.portfolio.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.portfolio.infra.kafka.Orders.OrderPlaced;
import com.portfolio.infra.ports.health.HealthStatus;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.DestinationMissingException;
import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.ports.messaging.MessagingFailedException;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.RedriveRequest;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** What users get wrong, and what they are told. */
class KafkaBadInputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String brokers = KafkaServer.sharedBootstrapServers();
    private final String space = "b" + UUID.randomUUID();
    private final KafkaBusSettings settings =
            KafkaBusSettings.defaults().naming(TopicNaming.prefixed(space)).publishTimeout(Duration.ofSeconds(5));

    private KafkaMessageBus bus(KafkaCluster cluster, KafkaBusSettings with) {
        return new KafkaMessageBus(cluster, space, Orders.codec(), with);
    }

    @Test
    void brokersWhoseNameNobodyKnowsAreNamedAtOnce() {
        assertThatExceptionOfType(MessagingFailedException.class)
                .isThrownBy(() -> KafkaCluster.at("no-such-host.invalid:9092"))
                .withMessageContaining("no-such-host.invalid:9092");
    }

    @Test
    void brokersThatAreNotThereAreNamed() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.at("127.0.0.1:1");
                KafkaMessageBus bus = bus(cluster, settings.publishTimeout(Duration.ofSeconds(2)))) {
            Subscription subscription = bus.subscribe(OrderPlaced.class, order -> {});

            assertThat(bus.publish(new OrderPlaced("o-1", 1)))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(PublishFailedException.class)
                    .withMessageContaining("127.0.0.1:1");
            assertThat(KafkaHealthCheck.of(cluster, bus).check().status()).isEqualTo(HealthStatus.DOWN);
            Eventually.within(PATIENCE)
                    .get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
            assertThat(subscription.status().reason().orElse("")).contains("127.0.0.1:1");
        }
    }

    @Test
    void aTopicThatCanNotBeMadeIsNamedWithTheReason() {
        NewTopics impossible = NewTopics.withPartitions(3).replication(5);
        try (KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings.creating(impossible))) {
            assertThat(bus.publish(new OrderPlaced("o-1", 1)))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining(space + ".orders.OrderPlaced")
                    .withMessageContaining("eplication");
            assertThat(bus.subscribe(OrderPlaced.class, order -> {}).ready())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(MessagingFailedException.class)
                    .withMessageContaining("eplication");
        }
    }

    @Test
    void aTopicWithAnotherNumberOfPartitionsIsRefusedAndNotChanged() throws Exception {
        String topic = space + ".orders.OrderPlaced";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
                KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings.creating(NewTopics.withPartitions(4)))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                    .all()
                    .get();

            assertThat(bus.publish(new OrderPlaced("o-1", 1)))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("has 2 partitions, and 4 are asked for");
            assertThat(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions())
                    .hasSize(2);
        }
    }

    @Test
    void aMessageThatTheBrokersFindTooLargeIsRefusedWithTheirLimit() throws Exception {
        String topic = space + ".orders.OrderPlaced";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
                KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())
                            .configs(Map.of("max.message.bytes", "1000"))))
                    .all()
                    .get();

            assertThat(bus.publish(new OrderPlaced("o".repeat(2_000), 1)))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(MessageTooLargeException.class)
                    .withMessageContaining("takes 1000 at most");
        }
    }

    @Test
    void aGroupWithoutItsTopicsIsToldWhichOneIsMissing() throws Exception {
        String topic = space + ".orders.OrderPlaced";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
                KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();

            Subscription subscription = bus.subscribe(OrderPlaced.class, order -> {});

            assertThat(subscription.ready())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(DestinationMissingException.class)
                    .withMessageContaining(subscription.group() + ".dlq");
            assertThat(subscription.status().state()).isEqualTo(State.STOPPED);
        }
    }

    @Test
    void deadLettersOfAGroupThatHasNoneAreMissing() {
        try (KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings)) {
            assertThatExceptionOfType(DestinationMissingException.class)
                    .isThrownBy(() -> bus.deadLetters(space).list(DeadLetterQuery.first(1)))
                    .withMessageContaining(space + ".dlq");
            assertThatExceptionOfType(DestinationMissingException.class)
                    .isThrownBy(() -> bus.deadLetters(space).redrive(RedriveRequest.oldest(1)))
                    .withMessageContaining(space + ".redrive");
        }
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        try (KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            bus.deadLetters(space).list(DeadLetterQuery.first(1).after("yesterday")))
                    .withMessageContaining("yesterday");
        }
    }

    @Test
    void namesThatAreNoTopicsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicNaming.prefixed("no space"))
                .withMessageContaining("no space");
        try (KafkaCluster cluster = KafkaCluster.at(brokers);
                KafkaMessageBus bus = bus(cluster, settings.naming(type -> "x".repeat(250)))) {
            assertThat(bus.publish(new OrderPlaced("o-1", 1)))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("1 to 249");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bus.subscribe(OrderPlaced.class, order -> {}))
                    .withMessageContaining("1 to 249");
        }
    }

    @Test
    void settingsThatCanNotBeAreAllNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewTopics(0, Optional.of(0), Optional.of(Duration.ZERO)))
                .withMessageContaining("partitions")
                .withMessageContaining("replication")
                .withMessageContaining("retention");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.publishTimeout(Duration.ZERO))
                .withMessageContaining("publishTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.closeTimeout(Duration.ofMillis(-1)))
                .withMessageContaining("closeTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.maxMessageBytes(0))
                .withMessageContaining("maxMessageBytes");
    }
}
