package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.projection.DocumentNotConvertibleException;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.utilities.serialization.JsonConversionException;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one projection as the database holds them: as text, and as the values of their indexed
 * fields.
 *
 * @param <T> the class of the documents
 */
public final class DocumentForm<T> {

    private static final int LONGEST_NAME = 100;

    private final String projection;
    private final Class<T> type;
    private final JsonDocuments json;
    private final Map<String, IndexedField<T>> fields = new LinkedHashMap<>();

    /**
     * Checks what the service declared.
     *
     * @throws IllegalArgumentException if the projection's name is none, or two fields have the same name
     */
    public DocumentForm(String projection, Class<T> type, JsonDocuments json, Collection<IndexedField<T>> fields) {
        if (projection.isBlank() || projection.length() > LONGEST_NAME || projection.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The name of a projection must have 1 to " + LONGEST_NAME
                    + " characters, not be blank and not contain U+0000.");
        }
        this.projection = projection;
        this.type = Objects.requireNonNull(type, "type");
        this.json = Objects.requireNonNull(json, "json");
        for (IndexedField<T> field : fields) {
            if (this.fields.putIfAbsent(field.name(), field) != null) {
                throw new IllegalArgumentException(
                        "Projection '" + projection + "' declares the field '" + field.name() + "' twice.");
            }
        }
    }

    /** The projection's name. */
    public String projection() {
        return projection;
    }

    /**
     * A document as text.
     *
     * @throws DocumentNotConvertibleException if it can't be written
     */
    public String write(String id, T document) {
        String text;
        try {
            text = json.write(document);
        } catch (JsonConversionException e) {
            throw new DocumentNotConvertibleException(projection, id, String.valueOf(e.getMessage()), e);
        }
        if (text.indexOf('\0') >= 0) {
            throw new DocumentNotConvertibleException(projection, id, "was written with U+0000 in it", null);
        }
        return text;
    }

    /**
     * A document from its text.
     *
     * @throws DocumentNotConvertibleException if the text does not fit the class
     */
    public T read(String id, String text) {
        try {
            return json.read(text, type);
        } catch (JsonConversionException e) {
            throw new DocumentNotConvertibleException(projection, id, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The fields that have a value in a document, and the values as they are stored.
     *
     * @throws DocumentNotConvertibleException if a value can't be indexed, naming the field
     */
    public Map<String, Object> valuesOf(String id, T document) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (IndexedField<T> field : fields.values()) {
            Object value = field.value().apply(document);
            if (value != null) {
                values.put(field.name(), stored(id, field, value));
            }
        }
        return values;
    }

    private Object stored(String id, IndexedField<T> field, Object value) {
        if (!field.kind().type().isInstance(value)) {
            throw notIndexable(id, field, "is not of kind " + field.kind(), null);
        }
        try {
            return IndexedValue.stored(value);
        } catch (IllegalArgumentException e) {
            throw notIndexable(id, field, String.valueOf(e.getMessage()), e);
        }
    }

    private DocumentNotConvertibleException notIndexable(
            String id, IndexedField<T> field, String why, @Nullable Throwable cause) {
        return new DocumentNotConvertibleException(
                projection, id, "can't be indexed: its field '" + field.name() + "' " + why, cause);
    }

    /**
     * The field of that name.
     *
     * @throws IllegalArgumentException if the projection did not declare it
     */
    public IndexedField<T> field(String name) {
        IndexedField<T> field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("Projection '" + projection + "' declares no field '" + name
                    + "'; it has " + (fields.isEmpty() ? "none" : String.join(", ", fields.keySet())) + ".");
        }
        return field;
    }

    /**
     * The value that a condition compares with, as its field is stored.
     *
     * @throws IllegalArgumentException if the field was not declared, or is of another kind than the value
     */
    public Object comparedWith(DocumentQuery.Condition condition) {
        IndexedField<T> field = field(condition.field());
        if (!field.kind().type().isInstance(condition.value())) {
            throw new IllegalArgumentException("Field '" + field.name() + "' of projection '" + projection
                    + "' is of kind " + field.kind() + " and can't be compared with a "
                    + condition.value().getClass().getSimpleName() + ".");
        }
        try {
            return IndexedValue.stored(condition.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Field '" + field.name() + "' can't be compared with a value that " + e.getMessage() + ".", e);
        }
    }
}
