package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the dead letters of a group, to the end that their topic has when reading begins.
 *
 * <p>A letter may have been dropped by any record behind it. So reading takes two passes: the first finds out which letters
 * are there, the second reads those that are asked for.
 */
final class LetterTopic implements AutoCloseable {

    private static final Duration TURN = Duration.ofMillis(200);

    private final KafkaCluster cluster;
    private final TopicPartition place;
    private final Duration patience;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long end;

    /** A letter and its place. */
    record Placed(long offset, LetterRecord record) {}

    LetterTopic(KafkaCluster cluster, String topic, Duration patience) {
        this.cluster = cluster;
        this.place = new TopicPartition(topic, LetterRecord.PARTITION);
        this.patience = patience;
        Map<String, Object> properties = cluster.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(patience.toMillis()));
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(patience.toMillis()));
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(List.of(place));
            this.end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    /**
     * The letters that are there from a place on, the oldest first.
     *
     * @param most how many at most
     */
    List<Placed> read(long from, int most) {
        Map<String, Long> there = there(from);
        List<Placed> letters = new ArrayList<>();
        scan(
                there.values().stream().findFirst().orElse(end),
                () -> letters.size() < Math.min(most, there.size()),
                record -> {
                    Long offset = there.get(KafkaRecords.text(record.key()));
                    if (offset != null && offset == record.offset() && letters.size() < most) {
                        LetterRecord.read(record)
                                .ifPresentOrElse(
                                        letter -> letters.add(new Placed(record.offset(), letter)),
                                        () -> there.remove(KafkaRecords.text(record.key())));
                    }
                });
        return letters;
    }

    /** The ids of the letters that are there from a place on, the oldest first, and their places. */
    Map<String, Long> there(long from) {
        Map<String, Long> there = new LinkedHashMap<>();
        scan(from, () -> true, record -> {
            String id = KafkaRecords.text(record.key());
            there.remove(id);
            if (record.value() != null) {
                there.put(id, record.offset());
            }
        });
        return there;
    }

    private void scan(long from, BooleanSupplier goOn, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        consumer.seek(place, from);
        long deadline = System.nanoTime() + patience.toNanos();
        while (goOn.getAsBoolean() && consumer.position(place) < end) {
            long before = consumer.position(place);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TURN)) {
                if (record.offset() < end) {
                    visitor.accept(record);
                }
            }
            long now = System.nanoTime();
            if (consumer.position(place) > before) {
                deadline = now + patience.toNanos();
            } else if (now - deadline > 0) {
                throw new BrokerUnavailableException(
                        "Reading '" + place.topic() + "' failed: the brokers " + cluster.name()
                                + " did not answer within " + patience.toMillis() + " ms.",
                        null);
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
