package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes documents and moves their projection's checkpoint, in one statement that does all or nothing. */
public final class DocumentWriter {

    /** SQLSTATEs of a document that has another version than was expected. */
    private static final List<String> WRONG_VERSION = List.of("PD409", "23505");

    private static final String WRITE = """
            SELECT moved, actual_log, actual_position, deleted
              FROM ${schema}.write_documents_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String FIND_WRONG = """
            SELECT a.id, a.expected, coalesce(d.version, 0)
              FROM unnest(?::text[], ?::bigint[]) AS a (id, expected)
              LEFT JOIN ${schema}.documents d ON d.projection = ? AND d.id = a.id
             WHERE a.expected <> coalesce(d.version, 0)
             LIMIT 1
            """;

    private final String write;
    private final String findWrong;

    /** A checkpoint's move. */
    public record Move(Optional<Checkpoint> from, Checkpoint to) {}

    /**
     * What became of it.
     *
     * @param moved   whether the checkpoint was where the writer expected it; nothing was changed otherwise
     * @param actual  where it is otherwise
     * @param deleted how many documents are gone
     */
    public record Written(boolean moved, Optional<Checkpoint> actual, int deleted) {}

    /** A document that has another version than was expected. */
    public record WrongVersion(String id, long expected, long actual) {}

    public DocumentWriter(SchemaName schema) {
        this.write = schema.in(WRITE);
        this.findWrong = schema.in(FIND_WRONG);
    }

    /** Whether the failure of {@link #write} was that a document has another version. */
    public static boolean isWrongVersion(SQLException e) {
        return WRONG_VERSION.contains(SqlFailure.of(e).state());
    }

    /** Writes. The connection is in autocommit mode. */
    public Written write(
            Connection connection, String projection, @Nullable Move move, Collection<DocumentWrite> documents)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(write)) {
            statement.setString(1, projection);
            bindMove(statement, move);
            bindDocuments(connection, statement, documents);
            bindFields(connection, statement, documents);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Written(row.getBoolean(1), checkpoint(row), row.getInt(4));
            }
        }
    }

    private static void bindMove(PreparedStatement statement, @Nullable Move move) throws SQLException {
        Checkpoint from = move == null ? null : move.from().orElse(null);
        Checkpoint to = move == null ? null : move.to();
        statement.setString(2, from == null ? null : from.log().value());
        statement.setObject(3, from == null ? null : from.position().value(), Types.BIGINT);
        statement.setString(4, to == null ? null : to.log().value());
        statement.setObject(5, to == null ? null : to.position().value(), Types.BIGINT);
    }

    private static void bindDocuments(
            Connection connection, PreparedStatement statement, Collection<DocumentWrite> documents)
            throws SQLException {
        statement.setArray(6, array(connection, "text", documents.stream().map(DocumentWrite::id)));
        statement.setArray(7, array(connection, "int8", documents.stream().map(DocumentWrite::expected)));
        statement.setArray(8, array(connection, "bool", documents.stream().map(DocumentWrite::absent)));
        statement.setArray(9, array(connection, "int4", documents.stream().map(DocumentWrite::saves)));
        statement.setArray(10, array(connection, "text", documents.stream().map(DocumentWrite::text)));
    }

    private static void bindFields(
            Connection connection, PreparedStatement statement, Collection<DocumentWrite> documents)
            throws SQLException {
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        documents.forEach(document -> document.fields().forEach((name, value) -> {
            ids.add(document.id());
            names.add(name);
            values.add(value);
        }));
        statement.setArray(11, array(connection, "text", ids.stream()));
        statement.setArray(12, array(connection, "text", names.stream()));
        statement.setArray(13, array(connection, "text", values.stream().map(v -> v instanceof String ? v : null)));
        statement.setArray(
                14, array(connection, "numeric", values.stream().map(v -> v instanceof BigDecimal ? v : null)));
        statement.setArray(15, array(connection, "int8", values.stream().map(v -> v instanceof Long ? v : null)));
    }

    private static Array array(Connection connection, String type, Stream<? extends @Nullable Object> values)
            throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    private static Optional<Checkpoint> checkpoint(ResultSet row) throws SQLException {
        String log = row.getString(2);
        return log == null
                ? Optional.empty()
                : Optional.of(new Checkpoint(new LogId(log), Position.of(row.getLong(3))));
    }

    /** The first document that has another version than is expected; empty if all have theirs by now. */
    public Optional<WrongVersion> findWrongVersion(
            Connection connection, String projection, Collection<DocumentWrite> documents) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(findWrong)) {
            statement.setArray(1, array(connection, "text", documents.stream().map(DocumentWrite::id)));
            statement.setArray(2, array(connection, "int8", documents.stream().map(DocumentWrite::expected)));
            statement.setString(3, projection);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new WrongVersion(row.getString(1), row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }
}
