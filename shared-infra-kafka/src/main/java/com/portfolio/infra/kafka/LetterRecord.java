package com.portfolio.infra.kafka;

import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter as a record: the message to the byte, and behind its headers what is known of its failure. The key of the
 * record is the id of the letter, so that a record without data drops it.
 *
 * @param original the message
 * @param letter   the letter
 */
record LetterRecord(OriginalRecord original, DeadLetter letter) {

    /** All letters are in one partition, in the order in which they were stored. */
    static final int PARTITION = 0;

    private static final String GROUP = "dlq_group";
    private static final String ATTEMPTS = "dlq_attempts";
    private static final String KIND = "dlq_kind";
    private static final String REASON = "dlq_reason";
    private static final String EXCEPTION = "dlq_exception";
    private static final String STACK_TRACE = "dlq_stack_trace";
    private static final String AT = "dlq_at";

    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_STACK_TRACE = 12_000;

    /** The record that stores a letter. */
    static ProducerRecord<byte[], byte[]> storing(
            String topic, String group, String id, OriginalRecord original, int attempts, Failure failure, Instant at) {
        Map<String, byte[]> own = original.description();
        put(own, GROUP, group);
        put(own, ATTEMPTS, Integer.toString(attempts));
        put(own, KIND, failure.kind().name());
        put(own, REASON, cut(failure.message(), LONGEST_REASON));
        failure.exception().ifPresent(name -> put(own, EXCEPTION, cut(name, LONGEST_NAME)));
        failure.stackTrace().ifPresent(trace -> put(own, STACK_TRACE, cut(trace, LONGEST_STACK_TRACE)));
        put(own, AT, at.toString());
        return new ProducerRecord<>(
                topic,
                PARTITION,
                KafkaRecords.bytes(id),
                original.carriedValue(),
                Trailer.append(original.headers(), own));
    }

    /** The record that drops a letter. */
    static ProducerRecord<byte[], byte[]> dropping(String topic, String id) {
        return new ProducerRecord<>(topic, PARTITION, KafkaRecords.bytes(id), null);
    }

    /** The record that hands the message of a letter to its group again. */
    ProducerRecord<byte[], byte[]> redriving(String topic) {
        OriginalRecord again = original.redriven();
        return new ProducerRecord<>(
                topic, null, again.key(), again.carriedValue(), Trailer.append(again.headers(), again.description()));
    }

    /** Reads a letter; empty if the record is none. */
    static Optional<LetterRecord> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return Optional.empty();
        }
        return Trailer.split(record.headers())
                .filter(trailer -> trailer.own().containsKey(KIND))
                .map(trailer -> read(record, trailer));
    }

    private static LetterRecord read(ConsumerRecord<byte[], byte[]> record, Trailer trailer) {
        OriginalRecord original = OriginalRecord.from(trailer, record.value());
        Failure failure = new Failure(
                Failure.Kind.valueOf(trailer.text(KIND)),
                trailer.text(REASON),
                optional(trailer, EXCEPTION),
                optional(trailer, STACK_TRACE));
        DeadLetter letter = new DeadLetter(
                KafkaRecords.text(record.key()),
                trailer.text(GROUP),
                original.topic(),
                original.position(),
                KafkaRecords.header(original.headers(), WireMessage.ID),
                KafkaRecords.header(original.headers(), WireMessage.TYPE),
                original.keyText(),
                KafkaRecords.texts(original.headers()),
                ByteBuffer.wrap(record.value()),
                Integer.parseInt(trailer.text(ATTEMPTS)),
                failure,
                Instant.parse(trailer.text(AT)),
                original.redrives());
        return new LetterRecord(original, letter);
    }

    private static Optional<String> optional(Trailer trailer, String name) {
        return Optional.ofNullable(trailer.bytes(name)).map(KafkaRecords::text);
    }

    private static void put(Map<String, byte[]> own, String name, String value) {
        own.put(name, KafkaRecords.bytes(value));
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
