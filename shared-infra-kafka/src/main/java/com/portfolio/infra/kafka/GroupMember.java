package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.StartFrom;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.utilities.configuration.KafkaConfig.GroupProtocol;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Who a source is in its group, and how he joins it. */
final class GroupMember {

    /** A broker of version 4 and later has this feature from level 1 on if it can divide a group's work itself. */
    private static final String GROUP_FEATURE = "group.version";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_POLLED = 500;

    /** Kafka's own default, in milliseconds. */
    private static final int USUAL_POLL_INTERVAL = 300_000;

    private final KafkaCluster cluster;
    private final KafkaBusSettings settings;
    private final Topics topics;
    private final String group;
    private final GroupTopics names;
    private final SubscriptionRequest<?> request;

    GroupMember(
            KafkaCluster cluster,
            KafkaBusSettings settings,
            Topics topics,
            String group,
            GroupTopics names,
            SubscriptionRequest<?> request) {
        this.cluster = cluster;
        this.settings = settings;
        this.topics = topics;
        this.group = group;
        this.names = names;
        this.request = request;
    }

    String group() {
        return group;
    }

    GroupTopics topics() {
        return names;
    }

    int maxInFlight() {
        return request.maxInFlight();
    }

    /**
     * How long handlers may go on before a partition goes to another member: as long as they may take, or else as the brokers
     * wait for this member, which they do for {@code max.poll.interval.ms}.
     */
    Duration patience() {
        Object configured = settings.consumerProperties()
                .getOrDefault(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, USUAL_POLL_INTERVAL);
        Duration most = Duration.ofMillis(Long.parseLong(configured.toString()))
                .multipliedBy(3)
                .dividedBy(4);
        Duration asked = request.handlerTimeout();
        return asked.compareTo(most) < 0 ? asked : most;
    }

    /** Sees that all is there that the group needs, and joins it. */
    Consumer<byte[], byte[]> join(ConsumerRebalanceListener listener) throws InterruptedException {
        String doing = "subscribing as group '" + group + "'";
        Map<String, Integer> partitions = new LinkedHashMap<>();
        for (String topic : names.events()) {
            partitions.put(topic, topics.requireEvents(topic, doing));
        }
        topics.requireLetters(names.letters(), doing);
        topics.requireRedriven(names.redriven(), doing);
        if (request.startFrom() == StartFrom.LATEST) {
            new GroupStart(cluster).atTheEnd(group, partitions);
        }
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties(protocol()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(names.received(), listener);
        return consumer;
    }

    private GroupProtocol protocol() throws InterruptedException {
        if (settings.groupProtocol() != GroupProtocol.AUTO) {
            return settings.groupProtocol();
        }
        Map<String, FinalizedVersionRange> features = new KafkaFailures(cluster)
                .await(cluster.admin().describeFeatures().featureMetadata(), PATIENCE, "Asking what the brokers can do")
                .finalizedFeatures();
        FinalizedVersionRange groups = features.get(GROUP_FEATURE);
        return groups != null && groups.maxVersionLevel() > 0 ? GroupProtocol.CONSUMER : GroupProtocol.CLASSIC;
    }

    private Map<String, Object> properties(GroupProtocol protocol) {
        Map<String, Object> properties = cluster.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.name().toLowerCase(Locale.ROOT));
        if (protocol == GroupProtocol.CLASSIC) {
            properties.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(Math.min(request.maxInFlight(), MOST_POLLED)));
        properties.putAll(settings.consumerProperties());
        return properties;
    }
}
