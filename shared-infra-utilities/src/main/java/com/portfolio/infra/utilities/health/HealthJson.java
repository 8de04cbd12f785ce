package com.portfolio.infra.utilities.health;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports in the form of draft-inadarei-api-health-check-06, which expired as a draft and is what tools read.
 *
 * <p>Beyond it a component has {@code critical} and {@code details}; the draft allows for more keys.
 */
final class HealthJson {

    static final String TYPE = "application/health+json";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final boolean details;
    private final Optional<String> service;

    /** @param details whether reasons and details are told */
    HealthJson(boolean details, Optional<String> service) {
        this.details = details;
        this.service = service;
    }

    String write(HealthReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("status", word(report.status()));
            if (service.isPresent()) {
                json.writeStringField("serviceId", service.get());
            }
            if (report.reason().isPresent()) {
                json.writeStringField("output", report.reason().get());
            }
            if (!report.parts().isEmpty()) {
                json.writeObjectFieldStart("checks");
                for (HealthReport.Part part : report.parts()) {
                    component(json, part);
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A report of health could not be written.", e);
        }
        return text.toString();
    }

    private static String word(HealthStatus status) {
        return switch (status) {
            case UP -> "pass";
            case DEGRADED, UNKNOWN -> "warn";
            case DOWN -> "fail";
        };
    }

    private void component(JsonGenerator json, HealthReport.Part part) throws IOException {
        HealthResult result = part.result();
        json.writeArrayFieldStart(part.name() + ":responseTime");
        json.writeStartObject();
        json.writeStringField("componentId", part.name());
        json.writeNumberField("observedValue", Sentences.millis(result.duration()));
        json.writeStringField("observedUnit", "ms");
        json.writeStringField("status", word(result.status()));
        json.writeStringField(
                "time", result.checkedAt().truncatedTo(ChronoUnit.MILLIS).toString());
        json.writeBooleanField("critical", part.critical());
        if (details) {
            if (result.reason().isPresent()) {
                json.writeStringField("output", PlainDetails.cut(result.reason().get()));
            }
            if (!result.details().isEmpty()) {
                json.writeFieldName("details");
                value(json, PlainDetails.of(result.details()));
            }
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                value(json, element);
            }
            json.writeEndArray();
        } else {
            // Strings, numbers, booleans and null, of which the generator knows how they are written.
            json.writeObject(value);
        }
    }
}
