package com.portfolio.infra.testing.contract;

import com.portfolio.infra.testing.memory.InMemoryProjectionStore;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class InMemoryProjectionStoreContractTest
        extends CheckpointedProjectionStoreContract<InMemoryProjectionStore<KitDocument>> {

    private final Map<String, InMemoryProjectionStore<KitDocument>> stores = new ConcurrentHashMap<>();

    @Override
    protected InMemoryProjectionStore<KitDocument> store(String projection) {
        return stores.computeIfAbsent(
                projection,
                name -> new InMemoryProjectionStore<>(
                        name, KitDocument.class, JsonDocuments.create(), KitDocument.fields()));
    }
}
