package com.portfolio.infra.testing.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What one transaction sees: the committed rows under its own changes. Of no use once it has ended. */
final class TransactionRows implements Rows {

    private final Rows committed;
    private final Map<String, Optional<DocumentState>> changes = new HashMap<>();
    private volatile boolean ended;

    TransactionRows(Rows committed) {
        this.committed = committed;
    }

    @Override
    public Optional<DocumentState> get(String id) {
        requireOpen();
        Optional<DocumentState> changed = changes.get(id);
        return changed == null ? committed.get(id) : changed;
    }

    @Override
    public void put(String id, DocumentState document) {
        requireOpen();
        changes.put(id, Optional.of(document));
    }

    @Override
    public void remove(String id) {
        requireOpen();
        changes.put(id, Optional.empty());
    }

    @Override
    public NavigableMap<String, DocumentState> all() {
        requireOpen();
        TreeMap<String, DocumentState> all = new TreeMap<>(committed.all());
        apply(all);
        return all;
    }

    private void apply(Map<String, DocumentState> rows) {
        changes.forEach(
                (id, document) -> document.ifPresentOrElse(present -> rows.put(id, present), () -> rows.remove(id)));
    }

    void commit() {
        changes.forEach((id, document) ->
                document.ifPresentOrElse(present -> committed.put(id, present), () -> committed.remove(id)));
    }

    void end() {
        ended = true;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("The transaction has ended; its view of the store is of no use any more.");
        }
    }
}
