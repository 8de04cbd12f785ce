package com.portfolio.infra.utilities.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads CloudEvents whose attributes stand in one document with their data, as
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents' JSON format</a>
 * has them.
 *
 * <p>Not by CloudEvents' own library, which reads numbers of the data as {@code double}: what was sent as 1.10 would be
 * received as 1.1.
 */
final class StructuredMode {

    private static final String MEDIA_TYPE = "application/cloudevents";
    private static final String CONTENT_TYPE = "datacontenttype";
    private static final JsonDocuments JSON = JsonDocuments.create();

    private StructuredMode() {}

    static boolean isIn(WireMessage wire) {
        return wire.header(WireMessage.CONTENT_TYPE)
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE))
                .isPresent();
    }

    /**
     * The same message in binary mode.
     *
     * @throws EventDecodingException if it is no JSON object, or in another format
     */
    static WireMessage read(WireMessage wire) {
        String mediaType = wire.header(WireMessage.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        if (!mediaType.matches("application/cloudevents\\+json\\s*(;.*)?")) {
            throw new EventDecodingException(
                    "The message is '" + mediaType + "'; of CloudEvents in one document only JSON can be read", null);
        }
        JsonNode event = parse(wire);
        Map<String, String> headers = new LinkedHashMap<>(wire.headers());
        headers.remove(WireMessage.CONTENT_TYPE);
        event.forEachEntry((name, value) -> put(headers, name, value));
        return WireMessage.of(headers, data(event));
    }

    private static JsonNode parse(WireMessage wire) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(wire.data()).toString();
            JsonNode event = JSON.read(text, JsonNode.class);
            if (event.isObject()) {
                return event;
            }
        } catch (CharacterCodingException | RuntimeException e) {
            throw new EventDecodingException("The message is said to be a CloudEvent in JSON, but is no JSON", e);
        }
        throw new EventDecodingException("The message is said to be a CloudEvent in JSON, but is no JSON object", null);
    }

    private static void put(Map<String, String> headers, String name, JsonNode value) {
        if (name.equals(CONTENT_TYPE)) {
            headers.put(WireMessage.CONTENT_TYPE, value.asText());
        } else if (value.isValueNode() && !value.isNull() && !isData(name)) {
            headers.put(WireMessage.ATTRIBUTE + name, value.asText());
        }
    }

    private static boolean isData(String name) {
        return name.equals("data") || name.equals("data_base64");
    }

    private static byte[] data(JsonNode event) {
        if (event.has("data_base64")) {
            return Base64.getDecoder().decode(event.get("data_base64").asText());
        }
        JsonNode data = event.get("data");
        return data == null ? new byte[0] : JSON.write(data).getBytes(StandardCharsets.UTF_8);
    }
}
