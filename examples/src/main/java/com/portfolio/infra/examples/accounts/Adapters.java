package com.portfolio.infra.examples.accounts;

import com.portfolio.infra.neon.NeonDatabase;
import com.portfolio.infra.neon.NeonEventLog;
import com.portfolio.infra.neon.NeonEventStore;
import com.portfolio.infra.neon.NeonHealthCheck;
import com.portfolio.infra.neon.NeonProjectionStore;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.health.HealthCheck;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.testing.memory.InMemoryEventLog;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.testing.memory.InMemoryProjectionStore;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.time.Duration;

/**
 * What stands behind the ports. This is the only place that knows.
 *
 * @param name    what people call it
 * @param part    what its health is listed as
 * @param events  the event store
 * @param log     the same events in global order
 * @param users   the documents of the projection of users
 * @param relayed how far the relay has come
 * @param health  whether the store works
 */
record Adapters(
        String name,
        String part,
        EventStore events,
        EventLog log,
        CheckpointedProjectionStore<UserView> users,
        CheckpointedProjectionStore<RelayProgress> relayed,
        HealthCheck health) {

    /** An append that is open for longer holds the log back, which its health then says. */
    private static final Duration LONGEST_APPEND = Duration.ofSeconds(10);

    private static final String USERS = "users";
    private static final String RELAY = "notice-relay";

    /** Everything in memory: the doubles that tests use. */
    static Adapters inMemory() {
        InMemoryEventStore events = new InMemoryEventStore(codec());
        return new Adapters(
                "memory",
                "memory",
                events,
                new InMemoryEventLog(events),
                new InMemoryProjectionStore<>(USERS, UserView.class),
                new InMemoryProjectionStore<>(RELAY, RelayProgress.class),
                HealthResult::up);
    }

    /** Everything in PostgreSQL, at Neon or elsewhere. */
    static Adapters neon(String name, NeonDatabase database) {
        EventCodec codec = codec();
        return new Adapters(
                name,
                "database",
                new NeonEventStore(database, codec),
                new NeonEventLog(database, codec),
                new NeonProjectionStore<>(database, USERS, UserView.class),
                new NeonProjectionStore<>(database, RELAY, RelayProgress.class),
                NeonHealthCheck.active(database, LONGEST_APPEND));
    }

    /** Turns messages into text and back, on either side of a bus. */
    static EventCodec noticeCodec() {
        return JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountNotice.class));
    }

    private static EventCodec codec() {
        return JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class));
    }
}
