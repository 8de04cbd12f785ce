package com.portfolio.infra.neon;

import com.portfolio.infra.testing.contract.CheckpointedProjectionStoreContract;
import com.portfolio.infra.testing.contract.KitDocument;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import org.junit.jupiter.api.AfterAll;

class NeonProjectionStoreContractTest extends CheckpointedProjectionStoreContract<NeonProjectionStore<KitDocument>> {

    private static final NeonFixture NEON = NeonFixture.direct();

    @Override
    protected NeonProjectionStore<KitDocument> store(String projection) {
        return new NeonProjectionStore<>(
                NEON.database(), projection, KitDocument.class, JsonDocuments.create(), KitDocument.fields());
    }

    @AfterAll
    static void close() {
        NEON.close();
    }
}
