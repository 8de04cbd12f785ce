package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.DocumentCursor;
import com.portfolio.infra.neon.internal.DocumentForm;
import com.portfolio.infra.neon.internal.DocumentReader;
import com.portfolio.infra.neon.internal.DocumentReader.Found;
import com.portfolio.infra.neon.internal.DocumentReader.Stored;
import com.portfolio.infra.neon.internal.DocumentSearch;
import com.portfolio.infra.neon.internal.DocumentWrite;
import com.portfolio.infra.neon.internal.DocumentWriter;
import com.portfolio.infra.neon.internal.DocumentWriter.Move;
import com.portfolio.infra.neon.internal.DocumentWriter.Written;
import com.portfolio.infra.neon.internal.SchemaCheck;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SqlFailure;
import com.portfolio.infra.neon.internal.SqlFunction;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentIds;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.DocumentQuery.Ordering;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStoreException;
import com.portfolio.infra.ports.projection.ProjectionStoreFailedException;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one projection in PostgreSQL or Neon.
 *
 * <p>All projections share their tables, so that a new one needs no migration. Each call is one round
 * trip, but for an ordered query that comes to the documents without the field, which takes a second; so is {@link #advance}, whatever the number of its writes, plus one for each document that it
 * reads. Two stores of one projection have the same documents. Thread-safe.
 *
 * @param <T> the class of the documents
 */
public final class NeonProjectionStore<T> implements CheckpointedProjectionStore<T>, QueryableProjectionStore<T> {

    private final NeonDatabase database;
    private final DocumentForm<T> form;
    private final DocumentReader reader;
    private final DocumentWriter writer;

    /**
     * A store of documents that {@link JsonDocuments#create()} can write, which can't be queried by field.
     *
     * @see #NeonProjectionStore(NeonDatabase, String, Class, JsonDocuments, Collection)
     */
    public NeonProjectionStore(NeonDatabase database, String projection, Class<T> type) {
        this(database, projection, type, JsonDocuments.create(), List.of());
    }

    /**
     * Connects, and checks that the schema fits.
     *
     * @param projection the projection's name, 1 to 100 characters
     * @param json       writes and reads the documents
     * @param fields     what documents can be found and ordered by. A document is found by a field that was
     *                   declared after the document was saved only when it is saved again
     * @throws IllegalArgumentException            if the name is none, or two fields have the same name
     * @throws ProjectionStoreUnavailableException if the database can't be reached
     * @throws ProjectionStoreFailedException      if it refuses, or its schema does not fit this version of
     *         the library, with what to do about it
     */
    public NeonProjectionStore(
            NeonDatabase database,
            String projection,
            Class<T> type,
            JsonDocuments json,
            Collection<IndexedField<T>> fields) {
        this.database = Objects.requireNonNull(database, "database");
        this.form = new DocumentForm<>(projection, type, json, fields);
        SchemaName schema = new SchemaName(database.settings().schema());
        this.reader = new DocumentReader(schema);
        this.writer = new DocumentWriter(schema);
        requireSchema(database);
    }

    private static void requireSchema(NeonDatabase database) {
        try {
            database.schemaProblem(SchemaCheck.PROJECTIONS).ifPresent(problem -> {
                throw new ProjectionStoreFailedException(problem, null);
            });
        } catch (SQLException e) {
            throw Failures.projectionStore("open the projection store", SqlFailure.of(e));
        }
    }

    @Override
    public Optional<T> find(String id) {
        return findVersioned(id).map(VersionedDocument::value);
    }

    @Override
    public Optional<VersionedDocument<T>> findVersioned(String id) {
        return stored(id).map(stored -> new VersionedDocument<>(id, stored.version(), form.read(id, stored.text())));
    }

    @Override
    public DocumentPage<T> list(PageRequest page) {
        return query(DocumentQuery.all(), page);
    }

    @Override
    public DocumentPage<T> query(DocumentQuery query, PageRequest page) {
        String fingerprint = fingerprint(query);
        Optional<DocumentCursor> after = page.cursor().map(text -> DocumentCursor.decode(text, fingerprint));
        List<Found> found = search(query, after, page.limit() + 1);
        List<Found> shown = found.subList(0, Math.min(found.size(), page.limit()));
        return new DocumentPage<>(
                shown.stream().map(this::document).toList(),
                found.size() <= page.limit()
                        ? Optional.empty()
                        : Optional.of(
                                page.after(cursorOf(shown.get(shown.size() - 1)).encode(fingerprint))));
    }

    @Override
    public void save(String id, T document) {
        write(
                null,
                List.of(DocumentWrite.save(DocumentIds.require(id), null, text(id, document), values(id, document))));
    }

    @Override
    public long save(String id, T document, long expectedVersion) {
        DocumentIds.require(id);
        requireSaveVersion(expectedVersion);
        write(null, List.of(DocumentWrite.save(id, expectedVersion, text(id, document), values(id, document))));
        return expectedVersion + 1;
    }

    @Override
    public boolean delete(String id) {
        return write(null, List.of(DocumentWrite.delete(DocumentIds.require(id), null)))
                        .deleted()
                > 0;
    }

    @Override
    public void delete(String id, long expectedVersion) {
        DocumentIds.require(id);
        requireDeleteVersion(expectedVersion);
        write(null, List.of(DocumentWrite.delete(id, expectedVersion)));
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return call("read the checkpoint", connection -> reader.checkpoint(connection, form.projection()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The writes are held back and sent together with the checkpoint, as one statement. What they read
     * is what was there when they read it, under their own changes.
     */
    @Override
    public void advance(Optional<Checkpoint> from, Checkpoint to, Consumer<VersionedProjectionStore<T>> writes) {
        Move move = new Move(Objects.requireNonNull(from, "from"), Objects.requireNonNull(to, "to"));
        BufferedDocuments<T> buffer = new BufferedDocuments<>(this);
        try {
            writes.accept(buffer);
        } finally {
            buffer.end();
        }
        Written written = write(move, buffer.writes());
        if (!written.moved()) {
            throw new CheckpointConflictException(form.projection(), from, written.actual());
        }
    }

    // ---- what the buffer of an advance needs too

    Optional<Stored> stored(String id) {
        DocumentIds.require(id);
        return call("read document '" + id + "'", connection -> reader.find(connection, form.projection(), id));
    }

    /** The documents of a list after an id, no more than that many. */
    List<Found> listed(Optional<String> afterId, int limit) {
        return search(DocumentQuery.all(), afterId.map(id -> new DocumentCursor(Optional.empty(), id)), limit);
    }

    String fingerprint(DocumentQuery query) {
        return DocumentCursor.fingerprint(form.projection(), query);
    }

    Document<T> document(Found found) {
        return new Document<>(found.id(), form.read(found.id(), found.text()));
    }

    T value(String id, String text) {
        return form.read(id, text);
    }

    String text(String id, T document) {
        return form.write(id, Objects.requireNonNull(document, "document"));
    }

    Map<String, Object> values(String id, T document) {
        return form.valuesOf(id, document);
    }

    WrongDocumentVersionException wrongVersion(String id, long expected, long actual) {
        return new WrongDocumentVersionException(form.projection(), id, expected, actual);
    }

    static void requireSaveVersion(long expectedVersion) {
        if (expectedVersion < 0) {
            throw new IllegalArgumentException(
                    "The expected version of a document must not be negative, but is " + expectedVersion + ".");
        }
    }

    static void requireDeleteVersion(long expectedVersion) {
        if (expectedVersion < 1) {
            throw new IllegalArgumentException(
                    "The expected version of a document to delete must be at least 1, but is " + expectedVersion + ".");
        }
    }

    // ---- searching

    private List<Found> search(DocumentQuery query, Optional<DocumentCursor> after, int limit) {
        Optional<Ordering> ordering = query.ordering();
        if (ordering.isEmpty()) {
            DocumentSearch byId = filtered(query).limit(limit);
            after.ifPresent(cursor -> byId.afterId(cursor.id()));
            return run(byId);
        }
        IndexedField<T> field = form.field(ordering.get().field());
        List<Found> found = new ArrayList<>();
        if (after.isEmpty() || after.get().value().isPresent()) {
            DocumentSearch withValue = filtered(query)
                    .orderedBy(field.name(), field.kind(), ordering.get().order())
                    .limit(limit);
            after.ifPresent(cursor -> withValue.afterValue(
                    field.kind(), ordering.get().order(), cursor.value().orElseThrow(), cursor.id()));
            found.addAll(run(withValue));
        }
        if (found.size() < limit) {
            DocumentSearch withoutValue = filtered(query).without(field.name()).limit(limit - found.size());
            after.filter(cursor -> cursor.value().isEmpty()).ifPresent(cursor -> withoutValue.afterId(cursor.id()));
            found.addAll(run(withoutValue));
        }
        return found;
    }

    private DocumentSearch filtered(DocumentQuery query) {
        DocumentSearch search = new DocumentSearch(form.projection());
        query.conditions()
                .forEach(condition -> search.meeting(
                        condition.field(),
                        form.field(condition.field()).kind(),
                        condition.comparison(),
                        form.comparedWith(condition)));
        return search;
    }

    private List<Found> run(DocumentSearch search) {
        return call("read documents", connection -> reader.search(connection, search));
    }

    private static DocumentCursor cursorOf(Found found) {
        return new DocumentCursor(found.value(), found.id());
    }

    // ---- calling the database

    private Written write(@Nullable Move move, Collection<DocumentWrite> documents) {
        try {
            return database.call(connection -> writer.write(connection, form.projection(), move, documents));
        } catch (SQLException e) {
            throw DocumentWriter.isWrongVersion(e) ? wrongVersion(documents, e) : failed("write", SqlFailure.of(e));
        }
    }

    private ProjectionStoreException wrongVersion(Collection<DocumentWrite> documents, SQLException refusal) {
        return call("read versions", connection -> writer.findWrongVersion(connection, form.projection(), documents))
                .<ProjectionStoreException>map(wrong -> wrongVersion(wrong.id(), wrong.expected(), wrong.actual()))
                .orElseGet(() -> new ProjectionStoreUnavailableException(
                        "Documents of projection '" + form.projection()
                                + "' were changed by somebody else at the same moment; nothing was changed.",
                        refusal));
    }

    private <R> R call(String what, SqlFunction<R> work) {
        try {
            return database.call(work);
        } catch (SQLException e) {
            throw failed(what, SqlFailure.of(e));
        }
    }

    private ProjectionStoreException failed(String what, SqlFailure failure) {
        return Failures.projectionStore(what + " of projection '" + form.projection() + "'", failure);
    }
}
