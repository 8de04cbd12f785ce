package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.projection.IndexedField;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document that the kits save. */
public record KitDocument(
        @Nullable String name,
        @Nullable BigDecimal amount,
        @Nullable Instant at,
        List<String> tags) {

    /** The fields that its projections declare. */
    public static List<IndexedField<KitDocument>> fields() {
        return List.of(
                IndexedField.text("name", KitDocument::name),
                IndexedField.number("amount", KitDocument::amount),
                IndexedField.instant("at", KitDocument::at));
    }

    static KitDocument named(@Nullable String name) {
        return new KitDocument(name, null, null, List.of());
    }

    static KitDocument worth(String amount) {
        return new KitDocument(null, new BigDecimal(amount), null, List.of());
    }
}
