package com.portfolio.infra.utilities.middleware;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A failure as HTTP tells it: problem details of <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>, with
 * {@code code}, {@code retryable}, {@code traceId} and {@code errors} beside what stands there.
 *
 * <p>The detail of a server error says nothing of its cause.
 *
 * @param type      describes the kind of problem; {@code about:blank} if nothing does
 * @param title     the phrase of the status
 * @param status    of the response
 * @param detail    one sentence for who called
 * @param instance  the request's path
 * @param code      the kind of problem, for machines
 * @param retryable whether the same request may succeed later
 * @param traceId   by which the failure is found in logs and traces, if it is known
 * @param errors    what is wrong with the request, one by one
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        boolean retryable,
        Optional<String> traceId,
        List<FieldError> errors) {

    /** The media type of {@link #json()}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final URI BLANK = URI.create("about:blank");
    private static final JsonFactory JSON = new JsonFactory();

    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(traceId, "traceId");
        errors = List.copyOf(errors);
    }

    static Problem of(ErrorDescription error, Optional<URI> types, String instance, Optional<String> traceId) {
        ErrorCategory category = error.category();
        String detail = category.isServerError()
                ? category.detail()
                : error.detail().map(text -> LogText.of(text, LogText.LONG)).orElse(category.detail());
        return new Problem(
                types.map(base -> typeOf(base, error.code())).orElse(BLANK),
                category.title(),
                category.status(),
                detail,
                instance,
                error.code(),
                error.retryable(),
                traceId,
                category.isServerError() ? List.of() : error.errors());
    }

    /** Not resolved: that takes the last part of the base away, and all of a URN's or of a fragment. */
    private static URI typeOf(URI base, String code) {
        String text = base.toString();
        boolean open = !text.isEmpty() && Character.isLetterOrDigit(text.charAt(text.length() - 1));
        return URI.create(text + (open ? "/" : "") + code);
    }

    /** The body of the response. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type.toString());
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("instance", instance);
            json.writeStringField("code", code);
            json.writeBooleanField("retryable", retryable);
            if (traceId.isPresent()) {
                json.writeStringField("traceId", traceId.get());
            }
            if (!errors.isEmpty()) {
                json.writeArrayFieldStart("errors");
                for (FieldError error : errors) {
                    json.writeStartObject();
                    json.writeStringField("pointer", error.pointer());
                    json.writeStringField("detail", LogText.of(error.detail(), LogText.LONG));
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A problem could not be written.", e);
        }
        return text.toString();
    }
}
