package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.projection.DocumentNotConvertibleException;
import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.DocumentQuery.Condition;
import com.portfolio.infra.ports.projection.IndexedField;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a projection declared: their values, and how these compare. */
final class FieldValues<T> {

    private final String projection;
    private final Map<String, IndexedField<T>> fields = new LinkedHashMap<>();

    FieldValues(String projection, Collection<IndexedField<T>> fields) {
        this.projection = projection;
        for (IndexedField<T> field : fields) {
            if (this.fields.putIfAbsent(field.name(), field) != null) {
                throw new IllegalArgumentException(
                        "Projection '" + projection + "' declares the field '" + field.name() + "' twice.");
            }
        }
    }

    Map<String, Comparable<?>> of(String id, T document) {
        Map<String, Comparable<?>> values = new LinkedHashMap<>();
        fields.values().forEach(field -> {
            Comparable<?> value = value(id, field, document);
            if (value != null) {
                values.put(field.name(), value);
            }
        });
        return values;
    }

    private @Nullable Comparable<?> value(String id, IndexedField<T> field, T document) {
        Object value = field.value().apply(document);
        if (value == null) {
            return null;
        }
        if (!field.kind().type().isInstance(value)) {
            throw new DocumentNotConvertibleException(
                    projection, id, "has a field '" + field.name() + "' that is not of kind " + field.kind(), null);
        }
        if (value instanceof String text && text.length() > IndexedField.MAX_TEXT_LENGTH) {
            throw new DocumentNotConvertibleException(
                    projection,
                    id,
                    "has " + text.length() + " characters in its indexed field '" + field.name() + "' where at most "
                            + IndexedField.MAX_TEXT_LENGTH + " are possible",
                    null);
        }
        return comparable(value);
    }

    /** The field of that name, which must have been declared. */
    IndexedField<T> require(String name) {
        IndexedField<T> field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("Projection '" + projection + "' declares no field '" + name
                    + "'; it has " + (fields.isEmpty() ? "none" : String.join(", ", fields.keySet())) + ".");
        }
        return field;
    }

    /** A condition on a field that was declared, with a value of the field's kind. */
    void check(Condition condition) {
        IndexedField<T> field = require(condition.field());
        if (!field.kind().type().isInstance(condition.value())) {
            throw new IllegalArgumentException("Field '" + field.name() + "' of projection '" + projection
                    + "' is of kind " + field.kind() + " and can't be compared with a "
                    + condition.value().getClass().getSimpleName() + ".");
        }
    }

    static boolean meets(DocumentState document, Condition condition) {
        Comparable<?> value = document.fields().get(condition.field());
        if (value == null) {
            return false;
        }
        int order = compare(value, comparable(condition.value()));
        Comparison comparison = condition.comparison();
        return switch (comparison) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    static Comparable<?> comparable(Object value) {
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS);
        }
        if (value instanceof Comparable<?> comparable) {
            return comparable;
        }
        throw new IllegalArgumentException(value.getClass() + " has no order.");
    }

    /** Compares two values of one kind. */
    static int compare(Comparable<?> one, Comparable<?> other) {
        if (one instanceof String a && other instanceof String b) {
            return CodePointOrder.INSTANCE.compare(a, b);
        }
        if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
            return a.compareTo(b);
        }
        if (one instanceof Instant a && other instanceof Instant b) {
            return a.compareTo(b);
        }
        throw new IllegalArgumentException(one.getClass() + " does not compare with " + other.getClass() + ".");
    }
}
