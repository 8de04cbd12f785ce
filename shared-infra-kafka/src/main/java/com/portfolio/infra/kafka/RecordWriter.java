package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.messaging.WireMessage;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes a record of the headers of a message. */
final class RecordWriter implements BiConsumer<String, String> {

    private final Headers headers = new RecordHeaders();
    private byte @Nullable [] key;
    private String type = "";

    @Override
    public void accept(String name, String value) {
        byte[] bytes = KafkaRecords.bytes(value);
        headers.add(new RecordHeader(name, bytes));
        if (name.equals(WireMessage.KEY)) {
            key = bytes;
        } else if (name.equals(WireMessage.TYPE)) {
            type = value;
        }
    }

    /** The logical name of the message's type. */
    String type() {
        return type;
    }

    ProducerRecord<byte[], byte[]> record(String topic, byte[] data) {
        return new ProducerRecord<>(topic, null, key, data, headers);
    }
}
