package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.EventStore;
import org.junit.jupiter.api.Nested;

/**
 * Everything that an {@link EventStore} promises, to be extended once by an adapter's test:
 *
 * <pre>{@code
 * class NeonEventStoreTest extends EventStoreContract {
 *
 *     private static final NeonFixture NEON = new NeonFixture();
 *
 *     @Override
 *     protected EventStoreFixture fixture() {
 *         return NEON;
 *     }
 *
 *     @AfterAll
 *     static void close() {
 *         NEON.close();
 *     }
 * }
 * }</pre>
 */
public abstract class EventStoreContract {

    /** What the tests run on; the same one for all tests, or a new one. */
    protected abstract EventStoreFixture fixture();

    /** See {@link AppendContract}. */
    @Nested
    class Appending extends AppendContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link ExpectedVersionContract}. */
    @Nested
    class ExpectedVersions extends ExpectedVersionContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link IdempotencyContract}. */
    @Nested
    class Repeating extends IdempotencyContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link ConcurrentAppendContract}. */
    @Nested
    class ConcurrentAppending extends ConcurrentAppendContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link StreamReadingContract}. */
    @Nested
    class Reading extends StreamReadingContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link FidelityContract}. */
    @Nested
    class Fidelity extends FidelityContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link JoiningContract}. */
    @Nested
    class Joining extends JoiningContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link StreamLifecycleContract}. */
    @Nested
    class Lifecycle extends StreamLifecycleContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link TypesAndUpcastingContract}. */
    @Nested
    class Types extends TypesAndUpcastingContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }

    /** See {@link InvalidInputContract}. */
    @Nested
    class InvalidInput extends InvalidInputContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventStoreContract.this.fixture();
        }
    }
}
