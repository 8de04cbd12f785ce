package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import com.portfolio.infra.testing.memory.InMemoryProjectionStore;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientCheckpointedProjectionStore;
import com.portfolio.infra.utilities.resilience.ResilientProjectionStore;
import com.portfolio.infra.utilities.resilience.ResilientQueryableProjectionStore;
import com.portfolio.infra.utilities.resilience.ResilientVersionedProjectionStore;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class ResilientProjectionStoreContractTest extends ProjectionStoreContract {

    private static final Resilience RESILIENCE = ResilientFixture.resilience();

    private final Map<String, InMemoryProjectionStore<KitDocument>> stores = new ConcurrentHashMap<>();

    private InMemoryProjectionStore<KitDocument> memory(String projection) {
        return stores.computeIfAbsent(
                projection,
                name -> new InMemoryProjectionStore<>(
                        name, KitDocument.class, JsonDocuments.create(), KitDocument.fields()));
    }

    @AfterAll
    static void close() {
        RESILIENCE.close();
    }

    @Override
    protected ProjectionStore<KitDocument> store(String projection) {
        return new ResilientProjectionStore<>(memory(projection), RESILIENCE);
    }

    @Nested
    class Versions extends VersionedProjectionContract {

        @Override
        protected VersionedProjectionStore<KitDocument> store(String projection) {
            return new ResilientVersionedProjectionStore<>(memory(projection), RESILIENCE);
        }
    }

    @Nested
    class Checkpoints extends CheckpointedProjectionContract {

        @Override
        protected CheckpointedProjectionStore<KitDocument> store(String projection) {
            return new ResilientCheckpointedProjectionStore<>(memory(projection), RESILIENCE);
        }
    }

    @Nested
    class Queries extends QueryableProjectionContract {

        @Override
        protected QueryableProjectionStore<KitDocument> store(String projection) {
            return new ResilientQueryableProjectionStore<>(memory(projection), RESILIENCE);
        }
    }
}
