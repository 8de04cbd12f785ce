package com.portfolio.infra.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A message as it was published, to the byte, wherever it has been since. */
final class OriginalRecord {

    private static final String TOPIC = "dlq_topic";
    private static final String POSITION = "dlq_position";
    private static final String KEY = "dlq_key";
    private static final String NO_DATA = "dlq_without_data";
    private static final String REDRIVES = "dlq_redrives";

    private final String topic;
    private final String position;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;
    private final int redrives;

    private OriginalRecord(
            String topic,
            String position,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            int redrives) {
        this.topic = topic;
        this.position = position;
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.redrives = redrives;
    }

    /** Where it was published. */
    String topic() {
        return topic;
    }

    /** Its place there: partition and offset. */
    String position() {
        return position;
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] value() {
        return value;
    }

    /** Its own headers. */
    Headers headers() {
        return headers;
    }

    /** How often it was redriven. */
    int redrives() {
        return redrives;
    }

    /** What was published by whomever. */
    static OriginalRecord published(ConsumerRecord<byte[], byte[]> record) {
        String position = record.partition() + "/" + record.offset();
        return new OriginalRecord(record.topic(), position, record.key(), record.value(), record.headers(), 0);
    }

    /** What has a trailer; without one it is taken for published where it is. */
    static OriginalRecord carried(ConsumerRecord<byte[], byte[]> record) {
        return Trailer.split(record.headers())
                .map(trailer -> from(trailer, record.value()))
                .orElseGet(() -> published(record));
    }

    static OriginalRecord from(Trailer trailer, byte @Nullable [] value) {
        return new OriginalRecord(
                trailer.text(TOPIC),
                trailer.text(POSITION),
                trailer.bytes(KEY),
                trailer.own().containsKey(NO_DATA) ? null : value,
                trailer.original(),
                Integer.parseInt(trailer.text(REDRIVES)));
    }

    /** What a trailer says of it. */
    Map<String, byte[]> description() {
        Map<String, byte[]> description = new LinkedHashMap<>();
        description.put(TOPIC, KafkaRecords.bytes(topic));
        description.put(POSITION, KafkaRecords.bytes(position));
        description.put(REDRIVES, KafkaRecords.bytes(Integer.toString(redrives)));
        if (key != null) {
            description.put(KEY, key);
        }
        if (value == null) {
            description.put(NO_DATA, new byte[0]);
        }
        return description;
    }

    /** Its data where there has to be some: a record without any would delete the letter. */
    byte[] carriedValue() {
        return value == null ? new byte[0] : value;
    }

    OriginalRecord redriven() {
        return new OriginalRecord(topic, position, key, value, headers, redrives + 1);
    }

    Optional<String> keyText() {
        return Optional.ofNullable(key).map(KafkaRecords::text);
    }
}
