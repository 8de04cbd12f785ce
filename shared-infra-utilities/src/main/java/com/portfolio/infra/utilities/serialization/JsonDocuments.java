package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * The documents of projections as JSON, written and read as {@link JacksonEventCodec} does events, with
 * the same promises. Thread-safe.
 */
public final class JsonDocuments {

    private final ObjectMapper mapper;

    private JsonDocuments(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** With the types of the JDK, records, and classes that Jackson's annotations describe. */
    public static JsonDocuments create() {
        return with(List.of());
    }

    /** With modules of the service; see {@link JacksonEventCodec.Builder#modules} for what they can do. */
    public static JsonDocuments with(List<? extends Module> modules) {
        return new JsonDocuments(FaithfulMapper.create(List.copyOf(modules)));
    }

    /**
     * Writes a document.
     *
     * @throws JsonConversionException if it can't be written, or holds text that is not well-formed
     */
    public String write(Object document) {
        return Json.write(mapper.writer(), document);
    }

    /**
     * Reads a document. Fields that the class does not know are ignored.
     *
     * @throws JsonConversionException if the text is not JSON, or does not fit the class
     */
    public <T> T read(String json, Class<T> type) {
        return type.cast(Json.read(type.getName(), () -> mapper.readerFor(type).readValue(json)));
    }
}
