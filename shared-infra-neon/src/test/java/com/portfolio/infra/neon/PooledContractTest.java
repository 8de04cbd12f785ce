package com.portfolio.infra.neon;

import com.portfolio.infra.testing.contract.CheckpointedProjectionStoreContract;
import com.portfolio.infra.testing.contract.EventLogContract;
import com.portfolio.infra.testing.contract.EventStoreContract;
import com.portfolio.infra.testing.contract.EventStoreFixture;
import com.portfolio.infra.testing.contract.KitDocument;
import com.portfolio.infra.testing.server.PgBouncerServer;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** Everything once more through a pooler in transaction mode, without prepared statements. */
class PooledContractTest {

    private static final PgBouncerServer POOLER = TestDatabases.pooler();
    private static final NeonFixture NEON = NeonFixture.through(POOLER);

    @AfterAll
    static void close() {
        NEON.close();
        POOLER.close();
    }

    @Nested
    class Store extends EventStoreContract {

        @Override
        protected EventStoreFixture fixture() {
            return NEON;
        }
    }

    @Nested
    class Log extends EventLogContract {

        @Override
        protected EventStoreFixture fixture() {
            return NEON;
        }
    }

    @Nested
    class Projections extends CheckpointedProjectionStoreContract<NeonProjectionStore<KitDocument>> {

        @Override
        protected NeonProjectionStore<KitDocument> store(String projection) {
            return new NeonProjectionStore<>(
                    NEON.database(), projection, KitDocument.class, JsonDocuments.create(), KitDocument.fields());
        }
    }
}
