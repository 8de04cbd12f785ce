package com.portfolio.infra.ports.projection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which documents to find, by the fields that their projection declared, and in which order.
 *
 * <pre>{@code
 * DocumentQuery.where("status", Comparison.EQUAL, "active")
 *         .and("balance", Comparison.AT_LEAST, new BigDecimal("100"))
 *         .orderBy("balance", Order.DESCENDING)
 * }</pre>
 *
 * @param conditions all of which a document must meet; empty for every document
 * @param ordering   by which field; empty for the order of ids
 */
public record DocumentQuery(List<Condition> conditions, Optional<Ordering> ordering) {

    public DocumentQuery {
        conditions = List.copyOf(conditions);
        Objects.requireNonNull(ordering, "ordering");
    }

    /** How a field is compared with a value. */
    public enum Comparison {
        /** The field equals the value. */
        EQUAL,
        /** The field is less than the value. */
        LESS,
        /** The field is less than the value, or equals it. */
        AT_MOST,
        /** The field is greater than the value. */
        GREATER,
        /** The field is greater than the value, or equals it. */
        AT_LEAST
    }

    /** The direction of an order. */
    public enum Order {
        /** From the smallest value. */
        ASCENDING,
        /** From the greatest value. */
        DESCENDING
    }

    /**
     * A condition on one field.
     *
     * @param field      its name
     * @param comparison how it is compared
     * @param value      with what: a {@link String}, a {@link BigDecimal} or an {@link Instant}
     */
    public record Condition(String field, Comparison comparison, Object value) {

        public Condition {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(comparison, "comparison");
            Objects.requireNonNull(value, "value");
            if (!(value instanceof String || value instanceof BigDecimal || value instanceof Instant)) {
                throw new IllegalArgumentException("Field '" + field + "' can be compared with a String, a BigDecimal"
                        + " or an Instant, not with a " + value.getClass().getName() + ".");
            }
        }
    }

    /**
     * An order by one field.
     *
     * @param field its name
     * @param order its direction; documents without a value come last in both
     */
    public record Ordering(String field, Order order) {

        public Ordering {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(order, "order");
        }
    }

    /** Every document, in the order of ids. */
    public static DocumentQuery all() {
        return new DocumentQuery(List.of(), Optional.empty());
    }

    /** The documents that meet a condition. */
    public static DocumentQuery where(String field, Comparison comparison, Object value) {
        return all().and(field, comparison, value);
    }

    /** The same query with one more condition. */
    public DocumentQuery and(String field, Comparison comparison, Object value) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(new Condition(field, comparison, value));
        return new DocumentQuery(all, ordering);
    }

    /** The same query in another order. */
    public DocumentQuery orderBy(String field, Order order) {
        return new DocumentQuery(conditions, Optional.of(new Ordering(field, order)));
    }
}
