package com.portfolio.infra.testing.bootstrap;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.projection.ProjectionStore;
import com.portfolio.infra.testing.memory.InMemoryEventLog;
import com.portfolio.infra.testing.memory.InMemoryEventStore;
import com.portfolio.infra.testing.memory.InMemoryMessageBus;
import com.portfolio.infra.testing.memory.InMemorySchemaRegistry;
import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import com.portfolio.infra.utilities.bootstrap.EventStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.EventStoreProvider;
import com.portfolio.infra.utilities.bootstrap.MessageBusAdapter;
import com.portfolio.infra.utilities.bootstrap.MessageBusProvider;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreProvider;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryAdapter;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Providers that tell {@link Steps} what they do. Their names are those of a database that two of them share. */
public final class TrackedProviders {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> DATABASE = Set.of("neon", "postgres");

    private TrackedProviders() {}

    /** What several adapters share. */
    static final class Database implements AutoCloseable {

        private final Steps steps;
        private final Dependency dependency =
                new Dependency("database", "tracked", HealthResult::up, Optional.of(PATIENCE));

        Database(Steps steps) {
            this.steps = steps;
            steps.step("open database");
        }

        @Override
        public void close() {
            steps.step("close database");
        }
    }

    private static Steps steps(AdapterContext context) {
        return context.shared(Steps.class, Steps::new);
    }

    /** Begins a part: what it opens first is closed whether the rest can be opened or not. */
    private static Steps begin(AdapterContext context, String part) {
        Steps steps = steps(context);
        steps.openedFrom(context);
        steps.step("begin " + part);
        context.closing(() -> steps.step("close " + part));
        steps.step("open " + part);
        return steps;
    }

    private static Database database(AdapterContext context) {
        return context.shared(Database.class, () -> new Database(steps(context)));
    }

    /** Of events. */
    public static final class Events implements EventStoreProvider {

        @Override
        public Set<String> names() {
            return DATABASE;
        }

        @Override
        public EventStoreAdapter open(AdapterContext context) {
            Database database = database(context);
            begin(context, "events");
            InMemoryEventStore store =
                    context.shared(InMemoryEventStore.class, () -> new InMemoryEventStore(context.codec()));
            return new EventStoreAdapter(store, new InMemoryEventLog(store), database.dependency);
        }
    }

    /** Of projections without anything but documents. */
    public static final class Projections implements ProjectionStoreProvider {

        @Override
        public Set<String> names() {
            return DATABASE;
        }

        @Override
        public ProjectionStoreAdapter open(AdapterContext context) {
            Database database = database(context);
            begin(context, "projections");
            return new ProjectionStoreAdapter() {
                @Override
                public <T> ProjectionStore<T> open(ProjectionDefinition<T> projection) {
                    return new PlainProjectionStore<>(projection);
                }

                @Override
                public Dependency dependency() {
                    return database.dependency;
                }
            };
        }
    }

    /** Of schemas. */
    public static final class Schemas implements SchemaRegistryProvider {

        @Override
        public Set<String> names() {
            return DATABASE;
        }

        @Override
        public SchemaRegistryAdapter open(AdapterContext context) {
            Database database = database(context);
            begin(context, "schemas");
            return new SchemaRegistryAdapter(InMemorySchemaRegistry.withoutComparison(), database.dependency);
        }
    }

    /** Of messages. */
    public static final class Messages implements MessageBusProvider {

        @Override
        public Set<String> names() {
            return Set.of("memory");
        }

        @Override
        public MessageBusAdapter open(AdapterContext context) {
            begin(context, "messages");
            return new MessageBusAdapter(
                    new InMemoryMessageBus(context.serviceName(), context.codec()),
                    Optional.empty(),
                    new Dependency("broker", "tracked", HealthResult::up),
                    false);
        }
    }

    /** Another one of events, for the same name. */
    public static final class OtherEvents implements EventStoreProvider {

        @Override
        public Set<String> names() {
            return Set.of("neon");
        }

        @Override
        public EventStoreAdapter open(AdapterContext context) {
            throw new IllegalStateException("Nobody may open this.");
        }
    }

    /** Of messages, through what is called as the database is, and is none. */
    public static final class MisnamedMessages implements MessageBusProvider {

        @Override
        public Set<String> names() {
            return Set.of("memory");
        }

        @Override
        public MessageBusAdapter open(AdapterContext context) {
            return new MessageBusAdapter(
                    new InMemoryMessageBus(context.serviceName(), context.codec()),
                    Optional.empty(),
                    new Dependency("database", "tracked", HealthResult::up),
                    false);
        }
    }

    /** One that can't be made. */
    public static final class Broken implements EventStoreProvider {

        /** Fails. */
        public Broken() {
            throw new IllegalStateException("the driver is missing");
        }

        @Override
        public Set<String> names() {
            return DATABASE;
        }

        @Override
        public EventStoreAdapter open(AdapterContext context) {
            throw new IllegalStateException("Nobody can open this.");
        }
    }
}
