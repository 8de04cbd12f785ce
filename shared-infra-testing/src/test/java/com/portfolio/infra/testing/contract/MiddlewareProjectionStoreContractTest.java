package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.testing.memory.InMemoryProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareCheckpointedProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareQueryableProjectionStore;
import com.portfolio.infra.utilities.middleware.MiddlewareVersionedProjectionStore;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;

class MiddlewareProjectionStoreContractTest extends ProjectionStoreContract {

    private static final MiddlewareChain CHAIN = MiddlewareFixture.CHAIN;

    private final Map<String, InMemoryProjectionStore<KitDocument>> stores = new ConcurrentHashMap<>();

    private InMemoryProjectionStore<KitDocument> memory(String projection) {
        return stores.computeIfAbsent(
                projection,
                name -> new InMemoryProjectionStore<>(
                        name, KitDocument.class, JsonDocuments.create(), KitDocument.fields()));
    }

    @Override
    protected ProjectionStore<KitDocument> store(String projection) {
        return new MiddlewareProjectionStore<>(memory(projection), CHAIN, "memory", projection);
    }

    @Nested
    class Versions extends VersionedProjectionContract {

        @Override
        protected VersionedProjectionStore<KitDocument> store(String projection) {
            return new MiddlewareVersionedProjectionStore<>(memory(projection), CHAIN, "memory", projection);
        }
    }

    @Nested
    class Checkpoints extends CheckpointedProjectionContract {

        @Override
        protected CheckpointedProjectionStore<KitDocument> store(String projection) {
            return new MiddlewareCheckpointedProjectionStore<>(memory(projection), CHAIN, "memory", projection);
        }
    }

    @Nested
    class Queries extends QueryableProjectionContract {

        @Override
        protected QueryableProjectionStore<KitDocument> store(String projection) {
            return new MiddlewareQueryableProjectionStore<>(memory(projection), CHAIN, "memory", projection);
        }
    }
}
