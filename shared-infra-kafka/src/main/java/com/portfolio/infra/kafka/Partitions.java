package com.portfolio.infra.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that a member has, and how they share its room: half of it is for whoever comes, the other half is divided,
 * so that partitions which are held up leave some to each of the others. For the source's thread.
 */
final class Partitions {

    /** A partition whose first record is not done is not read for further than this. */
    private static final int LONGEST_SPAN = 10_000;

    private final int room;
    private final Map<TopicPartition, Partition> partitions = new LinkedHashMap<>();

    /** Whose turn it is first, which goes round. */
    private final List<Partition> order = new ArrayList<>();

    private int first;

    /**
     * None yet.
     *
     * @param room how many records may be handed over and not done
     */
    Partitions(int room) {
        this.room = room;
    }

    void assign(Collection<TopicPartition> assigned) {
        for (TopicPartition id : assigned) {
            if (!partitions.containsKey(id)) {
                Partition partition = new Partition(id);
                partitions.put(id, partition);
                order.add(partition);
            }
        }
    }

    void remove(Collection<TopicPartition> gone) {
        for (TopicPartition id : gone) {
            order.remove(partitions.remove(id));
        }
    }

    Collection<Partition> all() {
        return partitions.values();
    }

    @Nullable Partition find(TopicPartition id) {
        return partitions.get(id);
    }

    /** Whether something may be handed over now. */
    boolean hasNext() {
        int beyond = beyondShares();
        return order.stream().anyMatch(partition -> mayHandOver(partition, beyond));
    }

    /** Hands over what there is room for, of each partition in turn. */
    void handOver(int most, Consumer<KafkaDelivery> to) {
        int left = most;
        int beyond = beyondShares();
        boolean any = !order.isEmpty();
        while (any && left > 0) {
            any = false;
            for (int i = 0; i < order.size() && left > 0; i++) {
                Partition partition = order.get((first + i) % order.size());
                if (mayHandOver(partition, beyond)) {
                    beyond += partition.handedOver() < share() ? 0 : 1;
                    to.accept(partition.take());
                    left--;
                    any = true;
                }
            }
            first = (first + 1) % order.size();
        }
    }

    private boolean mayHandOver(Partition partition, int beyond) {
        return partition.hasWaiting()
                && partition.span() < LONGEST_SPAN
                && (partition.handedOver() < share() || beyond < room - room / 2);
    }

    /** What each partition may have whatever the others have. */
    private int share() {
        return Math.max(1, room / 2 / order.size());
    }

    /** What partitions have beyond that. */
    private int beyondShares() {
        return order.stream()
                .mapToInt(partition -> Math.max(0, partition.handedOver() - share()))
                .sum();
    }

    /** What to commit. */
    Map<TopicPartition, OffsetAndMetadata> due() {
        Map<TopicPartition, OffsetAndMetadata> due = new LinkedHashMap<>();
        for (Partition partition : partitions.values()) {
            partition.due().ifPresent(offset -> due.put(partition.id(), offset));
        }
        return due;
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((id, offset) -> {
            Partition partition = partitions.get(id);
            if (partition != null) {
                partition.committed(offset);
            }
        });
    }
}
