package com.portfolio.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.kafka.Orders.OrderPlaced;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.KafkaServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client with CloudEvents' own library at the other end. */
class CloudEventsInteropTest {

    private static final String TYPE = "orders.OrderPlaced";

    private final String brokers = KafkaServer.sharedBootstrapServers();
    private final String space = "c" + UUID.randomUUID();
    private final String topic = space + "." + TYPE;
    private final KafkaCluster cluster = KafkaCluster.at(brokers);
    private KafkaMessageBus bus;

    @BeforeEach
    void open() {
        bus = new KafkaMessageBus(
                cluster,
                space,
                Orders.codec(),
                KafkaBusSettings.defaults().naming(TopicNaming.prefixed(space)).creating(NewTopics.withPartitions(3)));
    }

    @AfterEach
    void close() {
        bus.close();
        cluster.close();
    }

    @Test
    void whatIsPublishedIsReadByCloudEventsOwnLibrary() throws Exception {
        Message<OrderPlaced> message = Message.builder(new OrderPlaced("o-1", 7))
                .id("m €1")
                .source(URI.create("/shop"))
                .subject("order o-1")
                .time(Instant.parse("2026-03-04T05:06:07.123456789Z"))
                .dataSchema(URI.create("https://schemas.example/order"))
                .extension("tenant", "acme")
                .header("beside", "it")
                .build();

        bus.publish(message).toCompletableFuture().get();

        ConsumerRecord<String, CloudEvent> record = read();
        CloudEvent event = record.value();
        assertThat(record.key()).isEqualTo("o-1");
        assertThat(event.getSpecVersion()).hasToString("1.0");
        assertThat(event.getId()).isEqualTo("m €1");
        assertThat(event.getSource()).isEqualTo(URI.create("/shop"));
        assertThat(event.getType()).isEqualTo(TYPE);
        assertThat(event.getSubject()).isEqualTo("order o-1");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-03-04T05:06:07.123456789Z"));
        assertThat(event.getDataSchema()).isEqualTo(URI.create("https://schemas.example/order"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtension("partitionkey")).isEqualTo("o-1");
        assertThat(event.getExtension("tenant")).isEqualTo("acme");
        assertThat(event.getData().toBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"order\":\"o-1\",\"number\":7}");
    }

    private ConsumerRecord<String, CloudEvent> read() {
        try (KafkaConsumer<String, CloudEvent> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "group.id", space + "-plain", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new CloudEventDeserializer())) {
            consumer.subscribe(List.of(topic));
            return Eventually.within(Duration.ofSeconds(60))
                    .get("what was published", () -> consumer.poll(Duration.ofMillis(100)), found -> !found.isEmpty())
                    .iterator()
                    .next();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"BINARY", "STRUCTURED"})
    void whatCloudEventsOwnLibraryPublishesIsHandled(Encoding encoding) throws Exception {
        BlockingQueue<Message<OrderPlaced>> handled = new LinkedBlockingQueue<>();
        bus.subscribe(SubscriptionRequest.builder(OrderPlaced.class).build(), (MessageHandler<OrderPlaced>)
                        (message, context) -> {
                            handled.add(message);
                            return HandlerResult.ack();
                        })
                .ready()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        CloudEvent event = CloudEventBuilder.v1()
                .withId("e-1")
                .withSource(URI.create("https://plain.example"))
                .withType(TYPE)
                .withSubject("an order")
                .withTime(OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 600, ZoneOffset.ofHours(1)))
                .withExtension("tenant", "acme")
                .withExtension("attempt", 3)
                .withData("application/json", "{\"order\":\"o-1\",\"number\":8}".getBytes(StandardCharsets.UTF_8))
                .build();

        send(event, encoding);

        Message<OrderPlaced> message = handled.poll(60, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.data()).isEqualTo(new OrderPlaced("o-1", 8));
        assertThat(message.id()).isEqualTo("e-1");
        assertThat(message.source()).contains(URI.create("https://plain.example"));
        assertThat(message.subject()).contains("an order");
        assertThat(message.time()).contains(Instant.parse("2026-01-02T02:04:05.000000600Z"));
        assertThat(message.extensions()).isEqualTo(Map.of("tenant", "acme", "attempt", "3"));
    }

    private void send(CloudEvent event, Encoding encoding) throws Exception {
        CloudEventSerializer serializer = new CloudEventSerializer();
        serializer.configure(
                encoding == Encoding.STRUCTURED
                        ? Map.of(
                                CloudEventSerializer.ENCODING_CONFIG,
                                encoding,
                                CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                JsonFormat.CONTENT_TYPE)
                        : Map.of(CloudEventSerializer.ENCODING_CONFIG, encoding),
                false);
        try (KafkaProducer<String, CloudEvent> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", brokers), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(topic, "o-1", event)).get();
        }
    }
}
