package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientEventLog;
import com.portfolio.infra.utilities.resilience.ResilientEventStore;
import com.portfolio.infra.utilities.resilience.RetryBudget;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Duration;

/** The doubles for events, with everything around them that a call can have. */
final class ResilientFixture extends InMemoryFixture {

    private final Resilience resilience = resilience();

    /** Without a breaker, which the kits' outages would open. */
    static Resilience resilience() {
        return Resilience.builder("memory")
                .retry(RetryPolicy.builder()
                        .base(Duration.ofMillis(1))
                        .cap(Duration.ofMillis(1))
                        .budget(RetryBudget.unlimited())
                        .build())
                .withoutCircuitBreaker()
                .timeLimit(Duration.ofMinutes(1))
                .bulkhead(1_000)
                .build();
    }

    @Override
    public EventStore store() {
        return new ResilientEventStore(super.store(), resilience);
    }

    @Override
    public EventStore storeWith(EventCodec codec) {
        return new ResilientEventStore(super.storeWith(codec), resilience);
    }

    @Override
    public EventLog log() {
        return new ResilientEventLog(super.log(), resilience);
    }

    @Override
    public void close() {
        resilience.close();
    }
}
