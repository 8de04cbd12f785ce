package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.portfolio.infra.ports.event.WellFormed;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes and reads one value, and says what is wrong with it without saying what it is. */
final class Json {

    private Json() {}

    /**
     * @throws JsonConversionException if the value can't be written, or holds text that is not well-formed
     */
    static String write(ObjectWriter writer, Object value) {
        String json;
        try {
            json = writer.writeValueAsString(value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw JsonFailures.writing(value.getClass(), e);
        }
        if (WellFormed.indexOfLoneSurrogate(json) >= 0) {
            throw JsonFailures.writing(value.getClass(), findLoneSurrogate(writer, value));
        }
        return json;
    }

    /**
     * @throws JsonConversionException if the JSON is none, is null, or does not fit
     */
    static Object read(String type, Reading reading) {
        Object value;
        try {
            value = reading.read();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw JsonFailures.reading(type, e);
        }
        if (value == null) {
            throw JsonFailures.reading(type, new RefusedException("the JSON is null"));
        }
        return value;
    }

    @FunctionalInterface
    interface Reading {
        @Nullable Object read() throws IOException;
    }

    /** Writes once more, slowly, for the path to the text. */
    private static Throwable findLoneSurrogate(ObjectWriter writer, Object value) {
        try (JsonGenerator generator =
                new WellFormedGenerator(writer.getFactory().createGenerator(Writer.nullWriter()))) {
            writer.writeValue(generator, value);
        } catch (IOException | RuntimeException e) {
            return e;
        }
        return new RefusedException(WellFormedGenerator.REFUSAL);
    }
}
