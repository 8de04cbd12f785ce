package com.portfolio.infra.kafka;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * How many messages a member is behind in its partitions: those that are there and not done.
 *
 * @param partitions how many partitions it has
 * @param messages   by topic; a topic that nothing is known of yet is left out
 */
record Lag(int partitions, Map<String, Long> messages) {

    static final Lag NONE = new Lag(0, Map.of());

    Lag {
        messages = Map.copyOf(messages);
    }

    /** @param beyond how many are beyond what was received of a partition, if that is known */
    static Lag of(Collection<Partition> partitions, Function<TopicPartition, OptionalLong> beyond) {
        Map<String, Long> messages = new LinkedHashMap<>();
        for (Partition partition : partitions) {
            beyond.apply(partition.id())
                    .ifPresent(
                            more -> messages.merge(partition.id().topic(), more + partition.unfinished(), Long::sum));
        }
        return new Lag(partitions.size(), messages);
    }

    long total() {
        return messages.values().stream().mapToLong(Long::longValue).sum();
    }
}
