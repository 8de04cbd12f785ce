package com.portfolio.infra.kafka;

import com.portfolio.infra.utilities.messaging.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Messages as records, in the binary mode of CloudEvents'
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * binding</a>: the key of the record is the message's.
 */
final class KafkaRecords {

    private KafkaRecords() {}

    /** About as many bytes as the record takes. */
    static long size(ProducerRecord<byte[], byte[]> record) {
        long size = 70L + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += 10L + header.key().length() + length(header.value());
        }
        return size;
    }

    /** A message as it was received. Of several headers of one name the last counts. */
    static WireMessage wire(Headers headers, byte @Nullable [] data) {
        return WireMessage.of(texts(headers), data == null ? new byte[0] : data);
    }

    static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), text(header.value()));
        }
        return texts;
    }

    static Optional<String> header(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value).map(KafkaRecords::text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
