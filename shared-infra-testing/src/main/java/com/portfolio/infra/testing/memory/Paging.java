package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.DocumentQuery.Order;
import com.portfolio.infra.ports.projection.DocumentQuery.Ordering;
import com.portfolio.infra.ports.projection.PageRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query. A page begins after the place of the last document of the one before, which does
 * not have to be there any more.
 */
final class Paging {

    private final DocumentQuery query;
    private final PageRequest request;
    private final Comparator<Place> order;
    private final @Nullable Place after;

    /** A document with its id. */
    record Row(String id, DocumentState document) {}

    /** Where a document stands in the order of a query. */
    private record Place(@Nullable Comparable<?> value, String id) {}

    Paging(DocumentQuery query, PageRequest request) {
        this.query = query;
        this.request = request;
        this.order = order(query.ordering());
        this.after = request.cursor().map(Paging::decode).orElse(null);
    }

    private static Comparator<Place> order(Optional<Ordering> ordering) {
        Comparator<Place> byId = Comparator.comparing(Place::id, CodePointOrder.INSTANCE);
        return ordering.<Comparator<Place>>map(by -> (one, other) -> {
                    int values = compareValues(one.value(), other.value(), by.order());
                    return values != 0 ? values : byId.compare(one, other);
                })
                .orElse(byId);
    }

    private static int compareValues(@Nullable Comparable<?> one, @Nullable Comparable<?> other, Order order) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        int ascending = FieldValues.compare(one, other);
        return order == Order.ASCENDING ? ascending : -ascending;
    }

    /** The rows of the page, and one more if there is a next page. */
    List<Row> select(NavigableMap<String, DocumentState> rows) {
        NavigableMap<String, DocumentState> candidates =
                query.ordering().isEmpty() && after != null ? rows.tailMap(after.id(), false) : rows;
        var matching = candidates.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .filter(row -> query.conditions().stream()
                        .allMatch(condition -> FieldValues.meets(row.document(), condition)));
        if (query.ordering().isPresent()) {
            matching = matching.filter(row -> after == null || order.compare(place(row), after) > 0)
                    .sorted((one, other) -> order.compare(place(one), place(other)));
        }
        return matching.limit(request.limit() + 1L).toList();
    }

    private Place place(Row row) {
        return new Place(
                query.ordering()
                        .map(ordering -> row.document().fields().get(ordering.field()))
                        .orElse(null),
                row.id());
    }

    Optional<PageRequest> next(List<Row> selected) {
        return selected.size() <= request.limit()
                ? Optional.empty()
                : Optional.of(request.after(encode(place(selected.get(request.limit() - 1)))));
    }

    private static String encode(Place place) {
        Comparable<?> value = place.value();
        String kind = value == null ? "-" : value instanceof String ? "T" : value instanceof BigDecimal ? "N" : "I";
        String text = kind + place.id().length() + ":" + place.id() + (value == null ? "" : value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Place decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            int end = colon + 1 + Integer.parseInt(text.substring(1, colon));
            String value = text.substring(end);
            return new Place(
                    switch (text.charAt(0)) {
                        case '-' -> null;
                        case 'T' -> value;
                        case 'N' -> new BigDecimal(value);
                        default -> Instant.parse(value);
                    },
                    text.substring(colon + 1, end));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw new IllegalArgumentException("'" + cursor + "' is not a cursor of this store.", e);
        }
    }
}
