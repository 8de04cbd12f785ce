package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the documents and the checkpoint of a projection. */
public final class DocumentReader {

    private static final String FIND =
            "SELECT version, document FROM ${schema}.documents WHERE projection = ? AND id = ?";

    private static final String CHECKPOINT = "SELECT log_id, position FROM ${schema}.checkpoints WHERE projection = ?";

    private final SchemaName schema;
    private final String find;
    private final String checkpoint;

    /** A document as it is stored. */
    public record Stored(long version, String text) {}

    /** A document of a search, with the value that it is ordered by, if there is one. */
    public record Found(String id, String text, Optional<Object> value) {}

    public DocumentReader(SchemaName schema) {
        this.schema = schema;
        this.find = schema.in(FIND);
        this.checkpoint = schema.in(CHECKPOINT);
    }

    /** The document of an id. */
    public Optional<Stored> find(Connection connection, String projection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(find)) {
            statement.setString(1, projection);
            statement.setString(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Stored(row.getLong(1), row.getString(2))) : Optional.empty();
            }
        }
    }

    /** How far the projection has come. */
    public Optional<Checkpoint> checkpoint(Connection connection, String projection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(checkpoint)) {
            statement.setString(1, projection);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Checkpoint(new LogId(row.getString(1)), Position.of(row.getLong(2))))
                        : Optional.empty();
            }
        }
    }

    /** What a search finds. */
    public List<Found> search(Connection connection, DocumentSearch search) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(schema.in(search.sql()))) {
            List<Object> parameters = search.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            List<Found> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Found(row.getString(1), row.getString(2), Optional.ofNullable(row.getObject(3))));
                }
            }
            return found;
        }
    }
}
