package com.portfolio.infra.testing.memory;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What everybody sees. Guarded by the lock of the store. */
final class CommittedRows implements Rows {

    private final TreeMap<String, DocumentState> rows = new TreeMap<>(CodePointOrder.INSTANCE);

    @Override
    public Optional<DocumentState> get(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public void put(String id, DocumentState document) {
        rows.put(id, document);
    }

    @Override
    public void remove(String id) {
        rows.remove(id);
    }

    @Override
    public NavigableMap<String, DocumentState> all() {
        return rows;
    }
}
