package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentIds;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.testing.memory.ProjectionCall.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The rules of documents, over the rows that everybody sees or over those of a transaction. */
final class Documents<T> implements VersionedProjectionStore<T> {

    private final String projection;
    private final DocumentText<T> json;
    private final FieldValues<T> fields;
    private final Faults<ProjectionCall> faults;
    private final Lock lock;
    private final Rows rows;

    Documents(
            String projection,
            DocumentText<T> json,
            FieldValues<T> fields,
            Faults<ProjectionCall> faults,
            Lock lock,
            Rows rows) {
        this.projection = projection;
        this.json = json;
        this.fields = fields;
        this.faults = faults;
        this.lock = lock;
        this.rows = rows;
    }

    /** The same rules over other rows. */
    Documents<T> over(Rows others) {
        return new Documents<>(projection, json, fields, faults, lock, others);
    }

    @Override
    public Optional<T> find(String id) {
        return findVersioned(id).map(VersionedDocument::value);
    }

    @Override
    public Optional<VersionedDocument<T>> findVersioned(String id) {
        DocumentIds.require(id);
        return during(ProjectionCall.of(Operation.FIND, id), () -> rows.get(id))
                .map(state -> new VersionedDocument<>(id, state.version(), json.read(id, state.text())));
    }

    @Override
    public DocumentPage<T> list(PageRequest page) {
        Objects.requireNonNull(page, "page");
        return page(ProjectionCall.of(Operation.LIST), DocumentQuery.all(), page);
    }

    DocumentPage<T> query(DocumentQuery query, PageRequest page) {
        Objects.requireNonNull(page, "page");
        query.conditions().forEach(fields::check);
        query.ordering().ifPresent(ordering -> fields.require(ordering.field()));
        return page(ProjectionCall.of(Operation.QUERY), query, page);
    }

    private DocumentPage<T> page(ProjectionCall call, DocumentQuery query, PageRequest request) {
        Paging paging = new Paging(query, request);
        List<Paging.Row> found = during(call, () -> paging.select(rows.all()));
        List<Document<T>> documents = new ArrayList<>();
        for (Paging.Row row : found.subList(0, Math.min(found.size(), request.limit()))) {
            documents.add(
                    new Document<>(row.id(), json.read(row.id(), row.document().text())));
        }
        return new DocumentPage<>(documents, paging.next(found));
    }

    @Override
    public void save(String id, T document) {
        write(id, document, state -> {});
    }

    @Override
    public long save(String id, T document, long expectedVersion) {
        if (expectedVersion < 0) {
            throw new IllegalArgumentException(
                    "The expected version of a document must not be negative, but is " + expectedVersion + ".");
        }
        return write(id, document, state -> requireVersion(id, state, expectedVersion));
    }

    private long write(String id, T document, Consumer<Optional<DocumentState>> check) {
        DocumentIds.require(id);
        Objects.requireNonNull(document, "document");
        String text = json.write(id, document);
        Map<String, Comparable<?>> values = fields.of(id, document);
        return during(ProjectionCall.of(Operation.SAVE, id), () -> {
            Optional<DocumentState> present = rows.get(id);
            check.accept(present);
            long version = DocumentState.versionOf(present) + 1;
            rows.put(id, new DocumentState(text, version, values));
            return version;
        });
    }

    @Override
    public boolean delete(String id) {
        DocumentIds.require(id);
        return during(ProjectionCall.of(Operation.DELETE, id), () -> {
            boolean present = rows.get(id).isPresent();
            rows.remove(id);
            return present;
        });
    }

    @Override
    public void delete(String id, long expectedVersion) {
        DocumentIds.require(id);
        if (expectedVersion < 1) {
            throw new IllegalArgumentException(
                    "The expected version of a document to delete must be at least 1, but is " + expectedVersion + ".");
        }
        during(ProjectionCall.of(Operation.DELETE, id), () -> {
            requireVersion(id, rows.get(id), expectedVersion);
            rows.remove(id);
            return true;
        });
    }

    private void requireVersion(String id, Optional<DocumentState> present, long expected) {
        long actual = DocumentState.versionOf(present);
        if (actual != expected) {
            throw new WrongDocumentVersionException(projection, id, expected, actual);
        }
    }

    private <R> R during(ProjectionCall call, Supplier<R> work) {
        faults.before(call);
        R result;
        lock.lock();
        try {
            result = work.get();
        } finally {
            lock.unlock();
        }
        faults.after(call);
        return result;
    }
}
