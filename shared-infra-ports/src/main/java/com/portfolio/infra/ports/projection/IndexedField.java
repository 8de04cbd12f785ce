package com.portfolio.infra.ports.projection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field that documents can be found and ordered by.
 *
 * <p>Declared once, beside the projection; the value is taken from the document each time it is saved. A
 * document without a value is not found by any condition on the field, and comes last in its order.
 *
 * @param name  names the field in queries; letters, digits, {@code _}, {@code .} and {@code -}
 * @param kind  how values compare
 * @param value takes the value from a document
 * @param <T>   the class of the documents
 */
public record IndexedField<T>(String name, Kind kind, Function<T, @Nullable Object> value) {

    /** How the values of a field compare. */
    public enum Kind {
        /** By code point; strings of at most {@value IndexedField#MAX_TEXT_LENGTH} characters. */
        TEXT(String.class),
        /** By number, whatever the scale. */
        NUMBER(BigDecimal.class),
        /** By time, to the microsecond. */
        INSTANT(Instant.class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }

        /** The class of the values. */
        public Class<?> type() {
            return type;
        }
    }

    /** The greatest length of a text that is indexed; a document with a longer one is refused. */
    public static final int MAX_TEXT_LENGTH = 500;

    public IndexedField {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        if (!name.matches("[A-Za-z0-9_.-]{1,63}")) {
            throw new IllegalArgumentException("The name of an indexed field must have 1 to 63 letters, digits,"
                    + " '_', '.' or '-'; '" + name + "' does not.");
        }
    }

    /** A field that holds text. */
    public static <T> IndexedField<T> text(String name, Function<T, @Nullable String> value) {
        return new IndexedField<>(name, Kind.TEXT, value::apply);
    }

    /** A field that holds numbers. */
    public static <T> IndexedField<T> number(String name, Function<T, @Nullable BigDecimal> value) {
        return new IndexedField<>(name, Kind.NUMBER, value::apply);
    }

    /** A field that holds instants. */
    public static <T> IndexedField<T> instant(String name, Function<T, @Nullable Instant> value) {
        return new IndexedField<>(name, Kind.INSTANT, value::apply);
    }
}
