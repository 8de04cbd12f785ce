package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.testing.contract.KitCodecs;
import com.portfolio.infra.testing.contract.MessageBusFixture;
import com.portfolio.infra.testing.server.KafkaServer;
import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Buses over a broker of the test class's own, which they share, with topics of each test's own. */
final class KafkaFixture implements MessageBusFixture {

    private static final int MAX_BYTES = 1_000_000;
    private static final int PARTITIONS = 4;
    private static final String PLACED = "orders.Placed";

    private final KafkaServer server;
    private final GroupProtocol protocol;
    private final String prefix = "t" + UUID.randomUUID();
    private final Map<MessageBus, Freezer> freezers = new LinkedHashMap<>();
    private final List<KafkaMessageBus> buses = new ArrayList<>();
    private final KafkaCluster cluster;

    KafkaFixture(KafkaServer server, GroupProtocol protocol) {
        this.server = server;
        this.protocol = protocol;
        this.cluster = KafkaCluster.at(server.bootstrapServers());
    }

    /** A broker that notices a dead member within seconds, and has made a topic before. */
    static KafkaServer startServer() {
        KafkaServer server = KafkaServer.builder()
                .setting("group.min.session.timeout.ms", "1000")
                .setting("group.consumer.min.session.timeout.ms", "1000")
                .setting("group.consumer.session.timeout.ms", "4000")
                .setting("group.consumer.min.heartbeat.interval.ms", "500")
                .setting("group.consumer.heartbeat.interval.ms", "500")
                .start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("first", 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("No topic could be made.", e);
        }
        return server;
    }

    private KafkaBusSettings settings(Freezer freezer) {
        Map<String, Object> consumer = new LinkedHashMap<>();
        consumer.put("interceptor.classes", FreezingInterceptor.class.getName());
        consumer.put(FreezingInterceptor.FREEZER, freezer);
        consumer.put("max.poll.interval.ms", "8000");
        if (protocol == GroupProtocol.CLASSIC) {
            consumer.put("session.timeout.ms", "4000");
            consumer.put("heartbeat.interval.ms", "500");
        }
        return KafkaBusSettings.defaults()
                .naming(TopicNaming.prefixed(prefix))
                .publishTimeout(publishTimeout())
                .maxMessageBytes(MAX_BYTES)
                .groupProtocol(protocol)
                .consumerProperties(consumer);
    }

    @Override
    public synchronized MessageBus open(String service) {
        Freezer freezer = new Freezer();
        return opened(service, settings(freezer).creating(NewTopics.withPartitions(PARTITIONS)), freezer);
    }

    @Override
    public synchronized Optional<MessageBus> openWithoutDestinations(String service) {
        Freezer freezer = new Freezer();
        return Optional.of(opened(service, settings(freezer), freezer));
    }

    private MessageBus opened(String service, KafkaBusSettings settings, Freezer freezer) {
        KafkaMessageBus bus = new KafkaMessageBus(cluster, service, KitCodecs.messages(), settings);
        buses.add(bus);
        freezers.put(bus, freezer);
        return bus;
    }

    @Override
    public void crash(MessageBus bus) {
        ((KafkaMessageBus) bus).crash();
    }

    @Override
    public DeadLetterQueue deadLetters(String group) {
        return anyBus().deadLetters(group);
    }

    private synchronized KafkaMessageBus anyBus() {
        return buses.stream().filter(bus -> !bus.isClosed()).findFirst().orElseGet(() ->
                (KafkaMessageBus) open("letters"));
    }

    @Override
    public void send(String type, Map<String, String> headers, byte[] data) {
        byte[] key = headers.containsKey("ce_partitionkey") ? KafkaRecords.bytes(headers.get("ce_partitionkey")) : null;
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic(type), key, data);
        headers.forEach((name, value) -> record.headers().add(name, KafkaRecords.bytes(value)));
        try (Producer<byte[], byte[]> stranger = producer()) {
            stranger.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("A stranger could not send.", e);
        }
    }

    @Override
    public void stopBroker() {
        server.stop();
    }

    @Override
    public void startBroker() {
        server.start();
    }

    /** No record is small enough. */
    @Override
    public Runnable breakDeadLetters(String group) {
        limitSize(group, AlterConfigOp.OpType.SET);
        return () -> limitSize(group, AlterConfigOp.OpType.DELETE);
    }

    private void limitSize(String group, AlterConfigOp.OpType how) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, group + ".dlq");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            admin.incrementalAlterConfigs(
                            Map.of(topic, List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", "1"), how))))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("The topic of dead letters could not be changed.", e);
        }
    }

    @Override
    public void takeAway(MessageBus bus, String group) {
        freezers.get(bus).freezeFor(Duration.ofSeconds(14));
        // A thread that polls is frozen where it receives something.
        try (Producer<byte[], byte[]> stranger = producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(topic(PLACED), partition, null, new byte[0]);
                record.headers().add("ce_type", KafkaRecords.bytes("orders.Strange"));
                stranger.send(record).get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("A stranger could not send.", e);
        }
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private String topic(String type) {
        return prefix + "." + type;
    }

    @Override
    public OptionalInt tooManyBytes() {
        return OptionalInt.of(MAX_BYTES);
    }

    @Override
    public Duration publishTimeout() {
        return Duration.ofSeconds(8);
    }

    @Override
    public synchronized void close() {
        if (!server.isRunning()) {
            server.start();
        }
        buses.forEach(KafkaMessageBus::close);
        cluster.close();
    }
}
