package com.portfolio.infra.testing.memory;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A message as a broker has it: bytes, and headers as in the binary mode of CloudEvents' Kafka binding.
 *
 * @param headers sorted by name
 * @param data    read-only
 */
record WireMessage(Map<String, String> headers, ByteBuffer data) {

    static final String ATTRIBUTE = "ce_";
    static final String ID = ATTRIBUTE + "id";
    static final String TYPE = ATTRIBUTE + "type";
    static final String KEY = ATTRIBUTE + "partitionkey";

    WireMessage {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    static WireMessage of(Map<String, String> headers, byte[] data) {
        return new WireMessage(headers, ByteBuffer.wrap(data.clone()).asReadOnlyBuffer());
    }

    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
