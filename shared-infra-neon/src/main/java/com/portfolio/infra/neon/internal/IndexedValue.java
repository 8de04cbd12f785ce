package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.event.WellFormed;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.IndexedField.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** The value of an indexed field as the database compares it. */
public final class IndexedValue {

    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private IndexedValue() {}

    /** The column for values of a kind. */
    public static String column(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "_value";
    }

    /**
     * A value as its column holds it: a {@link String}, a {@link BigDecimal} or a {@link Long}.
     *
     * @throws IllegalArgumentException if the column can't hold it, with why, to follow a subject
     */
    public static Object stored(Object value) {
        if (value instanceof String text) {
            return escaped(text);
        }
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        return value;
    }

    /**
     * A text without U+0000, which the database can't hold, in the same order: U+0000 becomes 01 01 and
     * U+0001 becomes 01 02, every other character stays and comes after both.
     */
    static String escaped(String text) {
        if (text.length() > IndexedField.MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("has " + text.length() + " characters where at most "
                    + IndexedField.MAX_TEXT_LENGTH + " are possible");
        }
        if (WellFormed.indexOfLoneSurrogate(text) >= 0) {
            throw new IllegalArgumentException("is not well-formed Unicode");
        }
        return text.replace("\u0001", "\u0001\u0002").replace("\u0000", "\u0001\u0001");
    }

    private static long micros(Instant instant) {
        try {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is a time more than 290000 years away", e);
        }
    }
}
