package com.portfolio.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionsTest {

    private static final TopicPartition ONE = new TopicPartition("orders", 0);
    private static final TopicPartition TWO = new TopicPartition("orders", 1);

    private final List<KafkaDelivery> handedOver = new ArrayList<>();

    private static void receive(Partition partition, int... offsets) {
        for (int offset : offsets) {
            ConsumerRecord<byte[], byte[]> record =
                    new ConsumerRecord<>(partition.id().topic(), partition.id().partition(), offset, null, null);
            partition.receive(OriginalRecord.published(record), offset);
            partition.receivedUpTo(new OffsetAndMetadata(offset + 1L));
        }
    }

    private static void receiveMany(Partition partition, int count) {
        receive(partition, IntStream.range(0, count).toArray());
    }

    private static Partitions partitions(int room, TopicPartition... ids) {
        Partitions partitions = new Partitions(room);
        partitions.assign(List.of(ids));
        return partitions;
    }

    private static Partition find(Partitions partitions, TopicPartition id) {
        return Optional.ofNullable(partitions.find(id)).orElseThrow();
    }

    private static Optional<Long> due(Partition partition) {
        return partition.due().map(OffsetAndMetadata::offset);
    }

    @Test
    void nothingIsDueBeforeSomethingIsDone() {
        Partitions partitions = partitions(10, ONE);
        receive(find(partitions, ONE), 5, 6, 7);

        partitions.handOver(10, handedOver::add);

        assertThat(due(find(partitions, ONE))).contains(5L);
        partitions.committed(Map.of(ONE, new OffsetAndMetadata(5)));
        assertThat(partitions.due()).isEmpty();
    }

    @Test
    void whatIsDueIsTheFirstThatIsNotDone() {
        Partitions partitions = partitions(10, ONE);
        Partition partition = find(partitions, ONE);
        receive(partition, 5, 6, 7, 8);
        partitions.handOver(10, handedOver::add);

        handedOver.get(1).slot().finish();
        handedOver.get(2).slot().finish();
        assertThat(due(partition)).contains(5L);
        handedOver.get(0).slot().finish();

        assertThat(due(partition)).contains(8L);
    }

    @Test
    void offsetsThatAreMissingAreNoneThatIsNotDone() {
        Partitions partitions = partitions(10, ONE);
        Partition partition = find(partitions, ONE);
        receive(partition, 5, 9, 17);
        partition.receivedUpTo(new OffsetAndMetadata(30));
        partitions.handOver(10, handedOver::add);

        handedOver.get(0).slot().finish();
        assertThat(due(partition)).contains(9L);
        handedOver.get(1).slot().finish();
        handedOver.get(2).slot().finish();

        assertThat(due(partition)).contains(30L);
    }

    @Test
    void whatWasReceivedAndNotHandedOverIsNotDone() {
        Partitions partitions = partitions(2, ONE);
        Partition partition = find(partitions, ONE);
        receive(partition, 0, 1, 2, 3);
        partitions.handOver(2, handedOver::add);
        handedOver.forEach(delivery -> delivery.slot().finish());

        assertThat(due(partition)).contains(2L);
        assertThat(partition.hasWaiting()).isTrue();
        assertThat(partition.unfinished()).isEqualTo(2);
    }

    @Test
    void whatComesLateForAPartitionThatWentAndCameIsWithoutEffect() {
        Partitions partitions = partitions(10, ONE);
        receive(find(partitions, ONE), 0, 1);
        partitions.handOver(10, handedOver::add);
        partitions.remove(List.of(ONE));
        partitions.assign(List.of(ONE));
        receive(find(partitions, ONE), 0, 1);

        handedOver.forEach(delivery -> delivery.slot().finish());

        assertThat(due(find(partitions, ONE))).contains(0L);
    }

    @Test
    void finishingTwiceIsFinishingOnce() {
        Partitions partitions = partitions(10, ONE);
        receive(find(partitions, ONE), 0, 1);
        partitions.handOver(10, handedOver::add);

        handedOver.get(0).slot().finish();
        handedOver.get(0).slot().finish();

        assertThat(find(partitions, ONE).handedOver()).isEqualTo(1);
    }

    @Test
    void partitionsTakeTurns() {
        Partitions partitions = partitions(8, ONE, TWO);
        receiveMany(find(partitions, ONE), 4);
        receiveMany(find(partitions, TWO), 4);

        partitions.handOver(8, handedOver::add);

        assertThat(handedOver)
                .extracting(delivery -> delivery.slot().partition().id().partition())
                .startsWith(0, 1)
                .containsExactlyInAnyOrder(0, 0, 0, 0, 1, 1, 1, 1);
    }

    @Test
    void aPartitionThatIsHeldUpLeavesRoomToTheOthers() {
        Partitions partitions = partitions(8, ONE, TWO);
        receiveMany(find(partitions, ONE), 100);

        partitions.handOver(8, handedOver::add);
        assertThat(handedOver).hasSizeLessThanOrEqualTo(6);
        assertThat(partitions.hasNext()).isFalse();
        receiveMany(find(partitions, TWO), 10);
        partitions.handOver(8 - handedOver.size(), handedOver::add);

        assertThat(find(partitions, TWO).handedOver()).isPositive();
    }

    @Test
    void oneAloneHasAllTheRoom() {
        Partitions partitions = partitions(8, ONE);
        receiveMany(find(partitions, ONE), 100);

        partitions.handOver(8, handedOver::add);

        assertThat(handedOver).hasSize(8);
    }

    @Test
    void aPartitionWhoseFirstRecordIsNotDoneIsNotReadOnForEver() {
        Partitions partitions = partitions(100_000, ONE);
        Partition partition = find(partitions, ONE);
        receiveMany(partition, 20_000);

        partitions.handOver(100_000, handedOver::add);
        handedOver.stream().skip(1).forEach(delivery -> delivery.slot().finish());
        assertThat(partition.span()).isEqualTo(10_000);
        assertThat(partitions.hasNext()).isFalse();
        handedOver.get(0).slot().finish();

        assertThat(due(partition)).contains(10_000L);
        assertThat(partitions.hasNext()).isTrue();
    }

    static IntStream whateverHappensNothingThatIsNotDoneIsPassedOver() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource
    void whateverHappensNothingThatIsNotDoneIsPassedOver(int seed) {
        Random random = new Random(seed);
        int room = 1 + random.nextInt(20);
        List<TopicPartition> ids = IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(i -> new TopicPartition("t", i))
                .toList();
        Partitions partitions = new Partitions(room);
        partitions.assign(ids);
        int[] next = new int[ids.size()];
        List<KafkaDelivery> open = new ArrayList<>();
        for (int step = 0; step < 500; step++) {
            int i = random.nextInt(ids.size());
            switch (random.nextInt(4)) {
                case 0 -> {
                    int offset = next[i] + random.nextInt(3);
                    receive(find(partitions, ids.get(i)), offset);
                    next[i] = offset + 1;
                }
                case 1 -> partitions.handOver(Math.max(0, room - open.size()), open::add);
                case 2 -> {
                    if (!open.isEmpty()) {
                        open.remove(random.nextInt(open.size())).slot().finish();
                    }
                }
                default -> partitions.committed(partitions.due());
            }
            assertThat(open).hasSizeLessThanOrEqualTo(room + ids.size());
            for (Partition partition : partitions.all()) {
                long first = open.stream()
                        .filter(delivery -> delivery.slot().partition() == partition)
                        .mapToLong(delivery -> delivery.slot().offset())
                        .min()
                        .orElse(Long.MAX_VALUE);
                assertThat(due(partition).orElse(-1L)).isLessThanOrEqualTo(first);
            }
        }
        while (partitions.hasNext() || !open.isEmpty()) {
            partitions.handOver(room, open::add);
            open.forEach(delivery -> delivery.slot().finish());
            open.clear();
        }
        for (int i = 0; i < next.length; i++) {
            if (next[i] > 0) {
                partitions.committed(partitions.due());
                assertThat(find(partitions, ids.get(i)).unfinished()).isZero();
            }
        }
    }
}
