package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.DocumentQuery.Order;
import com.portfolio.infra.ports.projection.IndexedField.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement that reads documents of a projection, from a place on.
 *
 * <p>Each condition is a join with the rows of its field, so that the index of the field's kind serves it.
 * An order by a field has two parts, each with an index of its own: first the documents that have a value,
 * in its order, then those that have none, in the order of ids.
 */
public final class DocumentSearch {

    private final StringBuilder joins = new StringBuilder();
    private final StringBuilder where = new StringBuilder();
    private final List<Object> joinParameters = new ArrayList<>();
    private final List<Object> whereParameters = new ArrayList<>();
    private String select = "SELECT d.id, d.document, NULL";
    private String orderBy = "d.id";
    private int limit;

    /** All documents of a projection, by id. */
    public DocumentSearch(String projection) {
        where("d.projection = ?", projection);
    }

    /** Only those whose field compares so. */
    public DocumentSearch meeting(String field, Kind kind, Comparison comparison, Object value) {
        String alias = "c" + joinParameters.size();
        join(alias, field);
        joins.append(" AND ").append(alias).append('.').append(IndexedValue.column(kind));
        joins.append(' ').append(operator(comparison)).append(" ?");
        joinParameters.add(value);
        return this;
    }

    /** Only those that have a value in a field, by that value and then by id. */
    public DocumentSearch orderedBy(String field, Kind kind, Order order) {
        String column = "o." + IndexedValue.column(kind);
        join("o", field);
        where(column + " IS NOT NULL");
        select = "SELECT d.id, d.document, " + column;
        orderBy = column + (order == Order.ASCENDING ? "" : " DESC") + ", o.id";
        return this;
    }

    /** Only those that have no value in a field, by id. */
    public DocumentSearch without(String field) {
        where(
                "NOT EXISTS (SELECT FROM ${schema}.document_fields n"
                        + " WHERE n.projection = d.projection AND n.id = d.id AND n.field = ?)",
                field);
        return this;
    }

    /** Only those after an id, in the order of ids. */
    public DocumentSearch afterId(String id) {
        where("d.id > ?", id);
        return this;
    }

    /** Only those after a value and an id, in the order of {@link #orderedBy}. */
    public DocumentSearch afterValue(Kind kind, Order order, Object value, String id) {
        String column = "o." + IndexedValue.column(kind);
        if (order == Order.ASCENDING) {
            where("(" + column + ", o.id) > (?, ?)", value, id);
        } else {
            where(column + " <= ? AND (" + column + " < ? OR o.id > ?)", value, value, id);
        }
        return this;
    }

    /** No more than that many. */
    public DocumentSearch limit(int documents) {
        limit = documents;
        return this;
    }

    private void join(String alias, String field) {
        joins.append(" JOIN ${schema}.document_fields ")
                .append(alias)
                .append(" ON ")
                .append(alias);
        joins.append(".projection = d.projection AND ")
                .append(alias)
                .append(".id = d.id AND ")
                .append(alias);
        joins.append(".field = ?");
        joinParameters.add(field);
    }

    private void where(String condition, Object... parameters) {
        where.append(where.isEmpty() ? "" : " AND ").append(condition);
        whereParameters.addAll(List.of(parameters));
    }

    private static String operator(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "=";
            case LESS -> "<";
            case AT_MOST -> "<=";
            case GREATER -> ">";
            case AT_LEAST -> ">=";
        };
    }

    String sql() {
        return select + " FROM ${schema}.documents d" + joins + " WHERE " + where + " ORDER BY " + orderBy + " LIMIT ?";
    }

    List<Object> parameters() {
        List<Object> all = new ArrayList<>(joinParameters);
        all.addAll(whereParameters);
        all.add(limit);
        return all;
    }
}
