package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.MessagingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a new group start with the latest messages: notes the end of each partition as the group's place, before the first
 * member joins. Left to Kafka's {@code auto.offset.reset=latest} a member would look for the end when it is given a
 * partition, and again after each loss of a partition where it committed nothing, and so pass over what was published
 * meanwhile.
 */
final class GroupStart {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaMessageBus.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaCluster cluster;
    private final KafkaFailures failures;

    GroupStart(KafkaCluster cluster) {
        this.cluster = cluster;
        this.failures = new KafkaFailures(cluster);
    }

    /**
     * Does nothing if the group has a place anywhere, or members.
     *
     * @param topics the topics and their numbers of partitions
     */
    void atTheEnd(String group, Map<String, Integer> topics) throws InterruptedException {
        String doing = "Starting group '" + group + "' with the latest messages";
        if (isKnown(group, doing)) {
            return;
        }
        Map<TopicPartition, OffsetSpec> wanted = new LinkedHashMap<>();
        topics.forEach((topic, partitions) -> {
            for (int i = 0; i < partitions; i++) {
                wanted.put(new TopicPartition(topic, i), OffsetSpec.latest());
            }
        });
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                failures.await(cluster.admin().listOffsets(wanted).all(), PATIENCE, doing);
        note(group, ends, doing);
    }

    private boolean isKnown(String group, String doing) throws InterruptedException {
        return !failures.await(
                        cluster.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                        PATIENCE,
                        doing)
                .isEmpty();
    }

    private void note(String group, Map<TopicPartition, ListOffsetsResultInfo> ends, String doing)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> places = ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
        try {
            failures.await(
                    cluster.admin().alterConsumerGroupOffsets(group, places).all(), PATIENCE, doing);
        } catch (MessagingException e) {
            if (!hasMembers(e)) {
                throw e;
            }
            LOG.debug("Group '{}' has members already, and starts where they did.", group);
        }
    }

    private static boolean hasMembers(MessagingException failure) {
        return failure.getCause() instanceof UnknownMemberIdException
                || failure.getCause() instanceof GroupNotEmptyException;
    }
}
