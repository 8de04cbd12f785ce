package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.ports.projection.QueryableProjectionStore;
import com.portfolio.infra.ports.projection.VersionedProjectionStore;
import org.junit.jupiter.api.Nested;

/**
 * Everything that a store promises which is both a {@link CheckpointedProjectionStore} and a
 * {@link QueryableProjectionStore}.
 *
 * @param <S> the store
 */
public abstract class CheckpointedProjectionStoreContract<
                S extends CheckpointedProjectionStore<KitDocument> & QueryableProjectionStore<KitDocument>>
        extends ProjectionStoreContract {

    @Override
    protected abstract S store(String projection);

    /** See {@link VersionedProjectionContract}. */
    @Nested
    class Versions extends VersionedProjectionContract {

        @Override
        protected VersionedProjectionStore<KitDocument> store(String projection) {
            return CheckpointedProjectionStoreContract.this.store(projection);
        }
    }

    /** See {@link CheckpointedProjectionContract}. */
    @Nested
    class Checkpoints extends CheckpointedProjectionContract {

        @Override
        protected CheckpointedProjectionStore<KitDocument> store(String projection) {
            return CheckpointedProjectionStoreContract.this.store(projection);
        }
    }

    /** See {@link QueryableProjectionContract}. */
    @Nested
    class Queries extends QueryableProjectionContract {

        @Override
        protected QueryableProjectionStore<KitDocument> store(String projection) {
            return CheckpointedProjectionStoreContract.this.store(projection);
        }
    }
}
