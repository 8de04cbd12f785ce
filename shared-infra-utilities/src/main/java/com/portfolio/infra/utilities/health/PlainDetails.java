package com.portfolio.infra.utilities.health;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns details, which a check may have made of anything, into what can be written: strings, numbers, booleans, null,
 * and lists and maps of them, of a size that nobody drowns in. Never throws.
 */
final class PlainDetails {

    private static final int DEPTH = 6;
    private static final int ENTRIES = 200;
    private static final int CHARACTERS = 2_000;
    private static final String MORE = "\u2026";

    private PlainDetails() {}

    static Map<String, @Nullable Object> of(Map<String, Object> details) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        details.forEach((name, value) -> plain.put(cut(String.valueOf(name)), guarded(value)));
        return plain;
    }

    private static @Nullable Object guarded(@Nullable Object value) {
        try {
            return plain(value, DEPTH);
        } catch (RuntimeException e) {
            // A map that is changed meanwhile, a text that can't be made.
            return "(can't be shown: " + e.getClass().getSimpleName() + ")";
        }
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean || isPlain(value)) {
            return value;
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return depth == 0 ? MORE : plainMap(map, depth - 1);
        }
        if (value instanceof Collection<?> collection) {
            return depth == 0 ? MORE : plainList(collection, depth - 1);
        }
        return cut(String.valueOf(value));
    }

    private static boolean isPlain(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || (value instanceof Double real && Double.isFinite(real))
                || (value instanceof Float real && Float.isFinite(real));
    }

    private static Map<String, @Nullable Object> plainMap(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (plain.size() == ENTRIES) {
                plain.put(MORE, map.size() - ENTRIES + " more");
                break;
            }
            plain.put(cut(String.valueOf(entry.getKey())), plain(entry.getValue(), depth));
        }
        return plain;
    }

    private static List<@Nullable Object> plainList(Collection<?> values, int depth) {
        List<@Nullable Object> plain = new ArrayList<>();
        for (Object value : values) {
            if (plain.size() == ENTRIES) {
                plain.add(MORE + " " + (values.size() - ENTRIES) + " more");
                break;
            }
            plain.add(plain(value, depth));
        }
        return plain;
    }

    static String cut(String text) {
        return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + MORE;
    }
}
