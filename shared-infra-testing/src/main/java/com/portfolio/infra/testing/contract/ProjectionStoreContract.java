package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.projection.ProjectionStore;
import org.junit.jupiter.api.Nested;

/**
 * Everything that a {@link ProjectionStore} promises, to be extended once by the test of an adapter that
 * offers no more than that. For one that offers more there is {@link CheckpointedProjectionStoreContract}.
 */
public abstract class ProjectionStoreContract {

    /**
     * A store for the documents of a projection, with {@link KitDocument#fields()} where it has an index.
     * Two stores of one projection have the same documents.
     */
    protected abstract ProjectionStore<KitDocument> store(String projection);

    /** Called between a write and a read that has to see it; a store that is eventually consistent waits. */
    protected void settle() {}

    /** See {@link ProjectionContract}. */
    @Nested
    class Documents extends ProjectionContract {

        @Override
        protected ProjectionStore<KitDocument> store(String projection) {
            return ProjectionStoreContract.this.store(projection);
        }

        @Override
        protected void settle() {
            ProjectionStoreContract.this.settle();
        }
    }
}
