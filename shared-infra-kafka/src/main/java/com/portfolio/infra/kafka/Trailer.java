package com.portfolio.infra.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What the bus says of a message, as headers behind the message's own. The last header has their number, so that the
 * message's own are told apart whatever they are called.
 *
 * @param original the message's own headers
 * @param own      the bus's
 */
record Trailer(Headers original, Map<String, byte[]> own) {

    private static final String COUNT = "dlq_headers";

    /** The headers of a message with ours behind them. */
    static Headers append(Headers original, Map<String, byte[]> own) {
        RecordHeaders headers = new RecordHeaders(original.toArray());
        own.forEach((name, value) -> headers.add(new RecordHeader(name, value)));
        return headers.add(new RecordHeader(COUNT, KafkaRecords.bytes(Integer.toString(own.size()))));
    }

    /** Tells both apart; empty if there is no trailer. */
    static Optional<Trailer> split(Headers headers) {
        Header[] all = headers.toArray();
        int count = all.length == 0 ? -1 : count(all[all.length - 1]);
        int first = all.length - 1 - count;
        if (count < 0 || first < 0) {
            return Optional.empty();
        }
        Map<String, byte[]> own = new LinkedHashMap<>();
        List<Header> original = new ArrayList<>();
        for (int i = 0; i < all.length - 1; i++) {
            if (i < first) {
                original.add(all[i]);
            } else {
                own.put(all[i].key(), all[i].value());
            }
        }
        return Optional.of(new Trailer(new RecordHeaders(original), own));
    }

    private static int count(Header last) {
        String value = KafkaRecords.text(last.value());
        return last.key().equals(COUNT) && value.matches("\\d{1,4}") ? Integer.parseInt(value) : -1;
    }

    /** One of ours as text; empty if it is not there. */
    String text(String name) {
        return KafkaRecords.text(bytes(name));
    }

    byte @Nullable [] bytes(String name) {
        return own.get(name);
    }
}
