package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.VersionedDocument;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.testing.contract.KitRun.Store;
import com.portfolio.infra.testing.memory.InMemoryProjectionStore;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The double for projections, to break. */
class ForwardingStore implements Store {

    private final InMemoryProjectionStore<KitDocument> right;

    ForwardingStore(InMemoryProjectionStore<KitDocument> right) {
        this.right = right;
    }

    ForwardingStore(ForwardingStore same) {
        this(same.right);
    }

    /** One store for each projection. */
    static Function<String, Store> stores(UnaryOperator<ForwardingStore> broken) {
        Map<String, Store> stores = new ConcurrentHashMap<>();
        return projection -> stores.computeIfAbsent(
                projection,
                name -> broken.apply(new ForwardingStore(new InMemoryProjectionStore<>(
                        name, KitDocument.class, JsonDocuments.create(), KitDocument.fields()))));
    }

    @Override
    public Optional<KitDocument> find(String id) {
        return right.find(id);
    }

    @Override
    public Optional<VersionedDocument<KitDocument>> findVersioned(String id) {
        return right.findVersioned(id);
    }

    @Override
    public DocumentPage<KitDocument> list(PageRequest page) {
        return right.list(page);
    }

    @Override
    public DocumentPage<KitDocument> query(DocumentQuery query, PageRequest page) {
        return right.query(query, page);
    }

    @Override
    public void save(String id, KitDocument document) {
        right.save(id, document);
    }

    @Override
    public long save(String id, KitDocument document, long expectedVersion) {
        return right.save(id, document, expectedVersion);
    }

    @Override
    public boolean delete(String id) {
        return right.delete(id);
    }

    @Override
    public void delete(String id, long expectedVersion) {
        right.delete(id, expectedVersion);
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return right.checkpoint();
    }

    @Override
    public void advance(
            Optional<Checkpoint> from, Checkpoint to, Consumer<VersionedProjectionStore<KitDocument>> writes) {
        right.advance(from, to, writes);
    }
}
