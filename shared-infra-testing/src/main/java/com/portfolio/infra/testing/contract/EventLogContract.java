package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.eventstore.EventLog;
import org.junit.jupiter.api.Nested;

/** Everything that an {@link EventLog} promises, to be extended once by an adapter's test. */
public abstract class EventLogContract {

    /** What the tests run on; the same one for all tests, or a new one. */
    protected abstract EventStoreFixture fixture();

    /** See {@link LogOrderContract}. */
    @Nested
    class Order extends LogOrderContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventLogContract.this.fixture();
        }
    }

    /** See {@link LogReadingContract}. */
    @Nested
    class Reading extends LogReadingContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventLogContract.this.fixture();
        }
    }

    /** See {@link LogIdentityContract}. */
    @Nested
    class Identity extends LogIdentityContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventLogContract.this.fixture();
        }
    }

    /** See {@link LogConcurrencyContract}. */
    @Nested
    class Concurrency extends LogConcurrencyContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventLogContract.this.fixture();
        }
    }

    /** See {@link SubscriptionContract}. */
    @Nested
    class Subscriptions extends SubscriptionContract {

        @Override
        protected EventStoreFixture fixture() {
            return EventLogContract.this.fixture();
        }
    }
}
