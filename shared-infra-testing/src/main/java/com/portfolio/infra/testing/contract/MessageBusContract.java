package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.messaging.MessageBus;
import org.junit.jupiter.api.Nested;

/**
 * Everything that a {@link MessageBus} promises that has all traits, to be extended once by an adapter's test:
 *
 * <pre>{@code
 * class KafkaMessageBusContractTest extends MessageBusContract {
 *
 *     @Override
 *     protected MessageBusFixture fixture() {
 *         return new KafkaFixture();
 *     }
 * }
 * }</pre>
 */
public abstract class MessageBusContract {

    /** What one test runs on; a new one for each, which the test closes. */
    protected abstract MessageBusFixture fixture();

    /** See {@link PublishingContract}. */
    @Nested
    class Publishing extends PublishingContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link GroupContract}. */
    @Nested
    class Groups extends GroupContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link MessageOrderContract}. */
    @Nested
    class Order extends MessageOrderContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link RedeliveryContract}. */
    @Nested
    class Redelivery extends RedeliveryContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link RedriveContract}. */
    @Nested
    class Redrive extends RedriveContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link LeaseContract}. */
    @Nested
    class Lease extends LeaseContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link BusClosingContract}. */
    @Nested
    class Closing extends BusClosingContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link BackpressureContract}. */
    @Nested
    class Backpressure extends BackpressureContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link EnvelopeContract}. */
    @Nested
    class Envelope extends EnvelopeContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }

    /** See {@link BrokerLossContract}. */
    @Nested
    class BrokerLoss extends BrokerLossContract {

        @Override
        protected MessageBusFixture fixture() {
            return MessageBusContract.this.fixture();
        }
    }
}
