package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.projection.CheckpointConflictException;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.testing.memory.ProjectionCall.Operation;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The documents of one projection in memory, for tests.
 *
 * <p>Documents are kept as JSON, so that what a database could not keep fails here too, and two readers
 * share no object. While one writer is inside {@link #advance}, other writers wait and readers see what was
 * there before. Thread-safe.
 *
 * @param <T> the class of the documents
 */
public final class InMemoryProjectionStore<T> implements CheckpointedProjectionStore<T>, QueryableProjectionStore<T> {

    private final String projection;
    private final Faults<ProjectionCall> faults = new Faults<>();

    /** Held by a writer for as long as its transaction. */
    private final ReentrantLock writers = new ReentrantLock();

    /** Held by everybody for as long as rows are looked at or changed. */
    private final ReentrantLock data = new ReentrantLock();

    private final CommittedRows rows = new CommittedRows();
    private final Documents<T> documents;
    private Optional<Checkpoint> checkpoint = Optional.empty();

    /** A store of documents that {@link JsonDocuments#create()} can write, which can't be queried by field. */
    public InMemoryProjectionStore(String projection, Class<T> type) {
        this(projection, type, JsonDocuments.create(), List.of());
    }

    /**
     * A store of documents.
     *
     * @param projection names the projection in errors
     * @param json       writes and reads the documents
     * @param fields     what documents can be found and ordered by
     * @throws IllegalArgumentException if two fields have the same name
     */
    public InMemoryProjectionStore(
            String projection, Class<T> type, JsonDocuments json, Collection<IndexedField<T>> fields) {
        this.projection = Objects.requireNonNull(projection, "projection");
        this.documents = new Documents<>(
                projection,
                new DocumentText<>(projection, type, json),
                new FieldValues<>(projection, fields),
                faults,
                data,
                rows);
    }

    @Override
    public Optional<T> find(String id) {
        return documents.find(id);
    }

    @Override
    public Optional<VersionedDocument<T>> findVersioned(String id) {
        return documents.findVersioned(id);
    }

    @Override
    public DocumentPage<T> list(PageRequest page) {
        return documents.list(page);
    }

    @Override
    public DocumentPage<T> query(DocumentQuery query, PageRequest page) {
        return documents.query(query, page);
    }

    @Override
    public void save(String id, T document) {
        writers.lock();
        try {
            documents.save(id, document);
        } finally {
            writers.unlock();
        }
    }

    @Override
    public long save(String id, T document, long expectedVersion) {
        writers.lock();
        try {
            return documents.save(id, document, expectedVersion);
        } finally {
            writers.unlock();
        }
    }

    @Override
    public boolean delete(String id) {
        writers.lock();
        try {
            return documents.delete(id);
        } finally {
            writers.unlock();
        }
    }

    @Override
    public void delete(String id, long expectedVersion) {
        writers.lock();
        try {
            documents.delete(id, expectedVersion);
        } finally {
            writers.unlock();
        }
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        faults.before(ProjectionCall.of(Operation.CHECKPOINT));
        Optional<Checkpoint> found = checkpointNow();
        faults.after(ProjectionCall.of(Operation.CHECKPOINT));
        return found;
    }

    @Override
    public void advance(Optional<Checkpoint> from, Checkpoint to, Consumer<VersionedProjectionStore<T>> writes) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(writes, "writes");
        faults.before(ProjectionCall.of(Operation.ADVANCE));
        writers.lock();
        try {
            requireAt(from);
            TransactionRows changed = new TransactionRows(rows);
            try {
                writes.accept(documents.over(changed));
            } finally {
                changed.end();
            }
            commit(from, to, changed);
        } finally {
            writers.unlock();
        }
        faults.after(ProjectionCall.of(Operation.ADVANCE));
    }

    private void commit(Optional<Checkpoint> from, Checkpoint to, TransactionRows changed) {
        data.lock();
        try {
            requireAt(from);
            changed.commit();
            checkpoint = Optional.of(to);
        } finally {
            data.unlock();
        }
    }

    private void requireAt(Optional<Checkpoint> from) {
        Optional<Checkpoint> actual = checkpointNow();
        if (!actual.equals(from)) {
            throw new CheckpointConflictException(projection, from, actual);
        }
    }

    private Optional<Checkpoint> checkpointNow() {
        data.lock();
        try {
            return checkpoint;
        } finally {
            data.unlock();
        }
    }

    /** What goes wrong, also with the calls inside of {@link #advance}. */
    public Faults<ProjectionCall> faults() {
        return faults;
    }

    /** All documents by id, in the order of their ids. */
    public Map<String, T> documents() {
        Map<String, T> all = new LinkedHashMap<>();
        Optional<PageRequest> page = Optional.of(PageRequest.first(PageRequest.MAX_LIMIT));
        while (page.isPresent()) {
            DocumentPage<T> found = documents.list(page.get());
            found.documents().forEach(document -> all.put(document.id(), document.value()));
            page = found.next();
        }
        return all;
    }
}
