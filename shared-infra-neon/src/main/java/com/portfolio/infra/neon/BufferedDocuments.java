package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.CodePointOrder;
import com.portfolio.infra.neon.internal.DocumentCursor;
import com.portfolio.infra.neon.internal.DocumentReader.Found;
import com.portfolio.infra.neon.internal.DocumentReader.Stored;
import com.portfolio.infra.neon.internal.DocumentWrite;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentIds;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A view of a store that keeps writes back, and shows what is there under them.
 *
 * <p>A version that was demanded, or was told to the writer, is checked when the writes are sent.
 *
 * @param <T> the class of the documents
 */
final class BufferedDocuments<T> implements VersionedProjectionStore<T> {

    private final NeonProjectionStore<T> store;
    private final TreeMap<String, BufferedDocument> changes = new TreeMap<>(CodePointOrder.INSTANCE);
    private boolean ended;

    BufferedDocuments(NeonProjectionStore<T> store) {
        this.store = store;
    }

    /** What was written, in the order of ids. */
    Collection<DocumentWrite> writes() {
        return changes.values().stream()
                .filter(BufferedDocument::isWritten)
                .map(BufferedDocument::toWrite)
                .toList();
    }

    /** From now on the view is of no use. */
    void end() {
        ended = true;
    }

    @Override
    public Optional<T> find(String id) {
        BufferedDocument change = change(id);
        if (change.isWritten()) {
            return change.text().map(text -> store.value(id, text));
        }
        return load(id, change).map(stored -> store.value(id, stored.text()));
    }

    @Override
    public Optional<VersionedDocument<T>> findVersioned(String id) {
        BufferedDocument change = change(id);
        if (!change.isWritten()) {
            return load(id, change)
                    .map(stored -> new VersionedDocument<>(id, stored.version(), store.value(id, stored.text())));
        }
        return change.text().map(text -> new VersionedDocument<>(id, versionOf(id, change), store.value(id, text)));
    }

    @Override
    public void save(String id, T document) {
        change(id).save(store.text(id, document), store.values(id, document));
    }

    @Override
    public long save(String id, T document, long expectedVersion) {
        NeonProjectionStore.requireSaveVersion(expectedVersion);
        BufferedDocument change = change(id);
        String text = store.text(id, document);
        Map<String, Object> values = store.values(id, document);
        requireVersion(id, change, expectedVersion);
        change.save(text, values);
        return expectedVersion + 1;
    }

    @Override
    public boolean delete(String id) {
        BufferedDocument change = change(id);
        boolean present = change.isWritten()
                ? change.text().isPresent()
                : load(id, change).isPresent();
        change.delete();
        return present;
    }

    @Override
    public void delete(String id, long expectedVersion) {
        NeonProjectionStore.requireDeleteVersion(expectedVersion);
        BufferedDocument change = change(id);
        requireVersion(id, change, expectedVersion);
        change.delete();
    }

    @Override
    public DocumentPage<T> list(PageRequest page) {
        requireOpen();
        String fingerprint = store.fingerprint(DocumentQuery.all());
        Optional<String> after = page.cursor()
                .map(text -> DocumentCursor.decode(text, fingerprint).id());
        List<Document<T>> merged = merged(after, page.limit() + 1);
        List<Document<T>> shown = merged.subList(0, Math.min(merged.size(), page.limit()));
        return new DocumentPage<>(
                shown,
                merged.size() <= page.limit()
                        ? Optional.empty()
                        : Optional.of(page.after(new DocumentCursor(
                                        Optional.empty(),
                                        shown.get(shown.size() - 1).id())
                                .encode(fingerprint))));
    }

    /** The documents after an id, at least {@code wanted} of them if there are so many. */
    private List<Document<T>> merged(Optional<String> after, int wanted) {
        Map<String, BufferedDocument> later =
                after.map(id -> changes.tailMap(id, false)).orElse(changes);
        int enough = wanted + later.size();
        List<Found> stored = store.listed(after, enough);
        TreeMap<String, Document<T>> documents = new TreeMap<>(CodePointOrder.INSTANCE);
        stored.forEach(found -> documents.put(found.id(), store.document(found)));
        // Beyond the last one that was read there may be others in the store.
        String last = stored.size() < enough ? null : stored.get(enough - 1).id();
        later.forEach((id, change) -> {
            if (change.isWritten() && (last == null || CodePointOrder.INSTANCE.compare(id, last) <= 0)) {
                change.text()
                        .ifPresentOrElse(
                                text -> documents.put(id, new Document<>(id, store.value(id, text))),
                                () -> documents.remove(id));
            }
        });
        return new ArrayList<>(documents.values());
    }

    private BufferedDocument change(String id) {
        requireOpen();
        return changes.computeIfAbsent(DocumentIds.require(id), BufferedDocument::new);
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("The transaction has ended; its view of the store is of no use any more.");
        }
    }

    private Optional<Stored> load(String id, BufferedDocument change) {
        Optional<Stored> stored = store.stored(id);
        change.sawVersion(stored.map(Stored::version).orElse(0L));
        return stored;
    }

    private long versionOf(String id, BufferedDocument change) {
        if (!change.knowsVersion()) {
            load(id, change);
        }
        return change.tellVersion();
    }

    private void requireVersion(String id, BufferedDocument change, long expected) {
        if (!change.isWritten() && !change.knowsVersion()) {
            change.demandVersion(expected);
            return;
        }
        long actual = versionOf(id, change);
        if (actual != expected) {
            throw store.wrongVersion(id, expected, actual);
        }
    }
}
