package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.BusTrait;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import com.portfolio.infra.utilities.messaging.MessageConsumer;
import com.portfolio.infra.utilities.messaging.MessageWire;
import com.portfolio.infra.utilities.messaging.Subscriptions;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Messages through Kafka, as CloudEvents in binary mode.
 *
 * <p><b>Topics.</b> By default each event type has one, {@code events.<event type>} ({@link TopicNaming}). A group has two of
 * its own: {@code <group>.dlq} with its dead letters, and {@code <group>.redrive} with what is handed to it again. Missing
 * ones are made only with {@link KafkaBusSettings#creating}; otherwise publishing to one, and subscribing as a group that
 * lacks one, fails with a {@link com.portfolio.infra.ports.messaging.DestinationMissingException}.
 *
 * <p><b>Publishing</b> is acknowledged when all brokers that keep a copy in step have the message ({@code acks=all}), as many
 * as the topic demands by {@code min.insync.replicas}; Kafka does not wait for their disks. Sending is repeated by the client
 * within the publish timeout, without making doubles. The key of a message decides on its partition, as for all Kafka
 * clients.
 *
 * <p><b>Order</b> of a key holds within a topic, so by default within an event type: between the types of a subscription to
 * several there is none, though two messages of a key are never handled at once.
 *
 * <p><b>Groups</b> are consumer groups. A member commits up to the first message that is not done, every 200 ms; after a
 * crash what was done behind that is handled again. A member whose process is frozen is noticed by the brokers after
 * {@code session.timeout.ms}, 45 seconds by default; handlers may take as long as they like.
 *
 * <p>Thread-safe. The cluster stays open.
 */
public final class KafkaMessageBus implements MessageBus {

    private final KafkaCluster cluster;
    private final String service;
    private final EventCodec codec;
    private final KafkaBusSettings settings;
    private final MessageWire wire;
    private final KafkaFailures failures;
    private final SizeLimits limits;
    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final Outlets outlets;
    private final BrokerWatch watch;
    private final Subscriptions<KafkaDelivery> subscriptions = new Subscriptions<>();
    private final Map<MessageConsumer<KafkaDelivery>, KafkaSource> sources = new ConcurrentHashMap<>();
    private final Map<String, String> topicsOfTypes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * A bus of one service. Does not wait for the brokers.
     *
     * @param cluster stays the caller's, and is to be closed after the bus
     * @param service names the service in groups, and is the source of messages that have none
     * @param codec   knows the types that the service publishes and subscribes to
     */
    public KafkaMessageBus(KafkaCluster cluster, String service, EventCodec codec, KafkaBusSettings settings) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.service = Objects.requireNonNull(service, "service");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.wire = new MessageWire(codec, URI.create("urn:service:" + service));
        this.failures = new KafkaFailures(cluster);
        this.limits = new SizeLimits(cluster);
        this.topics = new Topics(cluster, settings.creation(), settings.maxMessageBytes());
        this.producer = new KafkaProducer<>(producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
        this.outlets = new Outlets(producer, topics, settings.publishTimeout(), service);
        this.watch = new BrokerWatch(cluster, service);
    }

    private Map<String, Object> producerProperties() {
        Map<String, Object> properties = cluster.clientProperties();
        long publishMillis = settings.publishTimeout().toMillis();
        long lingerMillis = Math.min(LINGER.toMillis(), publishMillis - 1);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Long.toString(lingerMillis));
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(publishMillis));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(publishMillis));
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Long.toString(Math.min(REQUEST_TIMEOUT.toMillis(), publishMillis - lingerMillis)));
        // A topic that was found is not to be looked for again on a caller's thread.
        properties.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                Long.toString(Duration.ofDays(3_650).toMillis()));
        // Letters are larger than their messages; messages are measured before.
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(settings.maxMessageBytes() + Topics.LETTER_OVERHEAD));
        properties.putAll(settings.producerProperties());
        return properties;
    }

    private static final Duration LINGER = Duration.ofMillis(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH_BYTES = 65_536;

    @Override
    public Set<BusTrait> traits() {
        return EnumSet.allOf(BusTrait.class);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(Message<?> message) {
        Objects.requireNonNull(message, "message");
        if (closed) {
            return CompletableFuture.failedFuture(new BusClosedException("publishing message " + message.id()));
        }
        try {
            return send(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<PublishReceipt> send(Message<?> message) {
        RecordWriter writer = new RecordWriter();
        byte[] data = wire.encode(message, writer);
        String topic = topicOf(writer.type());
        ProducerRecord<byte[], byte[]> record = writer.record(topic, data);
        long size = KafkaRecords.size(record);
        if (size > settings.maxMessageBytes()) {
            throw new MessageTooLargeException(topic, message.id(), size, settings.maxMessageBytes(), null);
        }
        Publication publication = new Publication(message.id(), record, failures, limits);
        outlets.send(publication);
        return publication;
    }

    private String topicOf(String eventType) {
        String known = topicsOfTypes.get(eventType);
        return known != null ? known : topicsOfTypes.computeIfAbsent(eventType, this::named);
    }

    private String named(String eventType) {
        return TopicName.check(settings.naming().topicOf(eventType));
    }

    @Override
    public <T> Subscription subscribe(SubscriptionRequest<T> request, MessageHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        Set<String> types = Set.copyOf(request.typesIn(codec.types()));
        String group = request.groupFor(service, codec.types());
        GroupTopics names =
                GroupTopics.of(group, types.stream().map(this::topicOf).collect(Collectors.toSet()));
        MessageConsumer.Member member = MessageConsumer.Member.of(group, types);
        return subscriptions.start(member, () -> start(request, handler, member, names));
    }

    private <T> MessageConsumer<KafkaDelivery> start(
            SubscriptionRequest<T> request,
            MessageHandler<T> handler,
            MessageConsumer.Member member,
            GroupTopics names) {
        watch.start();
        GroupMember joining = new GroupMember(cluster, settings, topics, member.group(), names, request);
        KafkaSource source = new KafkaSource(joining, failures, watch);
        MessageConsumer<KafkaDelivery> consumer = MessageConsumer.start(
                request,
                member,
                source,
                delivery -> wire.decode(delivery.wire(), request.payload()),
                handler,
                new KafkaLetters(producer, names.letters(), member.group()));
        sources.keySet()
                .removeIf(ended -> ended.hasEnded() && ended.status().state() == SubscriptionStatus.State.CLOSED);
        sources.put(consumer, source);
        return consumer;
    }

    /**
     * A subscription, as health and metrics tell of it.
     *
     * @param name   of the group
     * @param status how it is doing
     * @param lag    how far behind it is
     */
    record Group(String name, SubscriptionStatus status, Lag lag) {}

    /** The subscriptions that have not been closed. */
    List<Group> groups() {
        return sources.entrySet().stream()
                .map(each -> new Group(
                        each.getKey().group(),
                        each.getKey().status(),
                        each.getValue().lag()))
                .filter(group -> group.status().state() != SubscriptionStatus.State.CLOSED)
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    /** The dead letters of a group, for as long as the bus is open. */
    public KafkaDeadLetterQueue deadLetters(String group) {
        return new KafkaDeadLetterQueue(cluster, producer, topics, group);
    }

    /**
     * Takes no further message to publish, closes the subscriptions, and waits for what is being published: for both no
     * longer than the close timeout, and each subscription's drain timeout. What is not acknowledged then has failed.
     */
    @Override
    public void close() {
        closed = true;
        long begun = System.nanoTime();
        subscriptions.close(settings.closeTimeout());
        watch.close();
        outlets.close();
        Duration left = settings.closeTimeout().minusNanos(System.nanoTime() - begun);
        producer.close(left.isNegative() ? Duration.ZERO : left);
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends as if the process had died: commits nothing, and leaves no group. */
    void crash() {
        closed = true;
        sources.values().forEach(KafkaSource::abandon);
        subscriptions.close(Duration.ZERO);
        watch.close();
        outlets.close();
        producer.close(Duration.ZERO);
    }
}
