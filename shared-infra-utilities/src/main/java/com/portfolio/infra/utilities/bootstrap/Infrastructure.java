package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.eventstore.EventLog;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.schema.SchemaRegistry;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.connection.ConnectionManager;
import com.portfolio.infra.utilities.health.HealthCheckRegistry;
import com.portfolio.infra.utilities.health.HealthServer;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.secrets.SecretManager;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a service's infrastructure that the configuration names, opened and put together.
 *
 * <pre>{@code
 * try (Infrastructure infrastructure = Infrastructure.open(ConfigurationManager.load(), codec)) {
 *     EventStore store = infrastructure.eventStore();
 *     MessageBus bus = infrastructure.messageBus();
 * }
 * }</pre>
 *
 * <p><b>Opening</b> goes in this order: secrets, connections, event store with its log, projections, schema registry,
 * message bus, health, health over HTTP. What is not configured is left out. All providers are looked for before anything is
 * opened. If a part can't be opened, those before it are closed, in reverse order, and its failure comes out; what
 * fails while they are closed is among its {@linkplain Throwable#getSuppressed() suppressed} ones.
 *
 * <p><b>Around the adapters</b> stands the {@linkplain Builder#middleware middleware} that was given, and inside of it
 * what the configuration says of resilience: retries, a circuit breaker and, where set, a time limit and a bulkhead,
 * one of each for a dependency. Calls are repeated at one layer only: not here are publishing by an adapter that repeats
 * it itself, a call that waited long enough for a connection, and reading the log, as subscriptions go on by themselves.
 * The schema registry has nothing around it.
 *
 * <p><b>Health</b> has a check of each dependency and of the circuit breaker before it; the service adds its own.
 *
 * <p>Thread-safe.
 */
public final class Infrastructure implements AutoCloseable {

    private final ClosingStack closing;
    private final AdapterContext context;
    private final SecretManager secrets;
    private final ConnectionManager connections;
    private final HealthCheckRegistry health;
    private final @Nullable EventStore eventStore;
    private final @Nullable EventLog eventLog;
    private final @Nullable ProjectionStores projections;
    private final @Nullable SchemaRegistry schemaRegistry;
    private final @Nullable MessageBusAdapter busAdapter;
    private final @Nullable MessageBus messageBus;
    private final @Nullable HealthServer healthServer;

    private Infrastructure(Builder builder, ClosingStack closing) {
        InfrastructureConfig config = builder.config;
        Choice choice = new Choice(config, builder.classLoader);
        var events = choice.of(Port.EVENT_STORE);
        var documents = choice.of(Port.PROJECTIONS);
        var schemas = choice.of(Port.SCHEMA_REGISTRY);
        var messages = choice.of(Port.MESSAGE_BUS);
        choice.throwIfAny();

        this.closing = closing;
        this.secrets = closing.add(config.secrets().open());
        Clock clock = builder.clock.orElseGet(Clock::systemUTC);
        this.context = new AdapterContext(config, builder.codec, secrets, clock, closing, builder.shared);
        this.connections = context.connections();
        // Closed after all who make calls through it.
        Resiliences resiliences = closing.add(new Resiliences(config.resilience(), builder.clock));
        HealthParts parts = new HealthParts(config.health(), clock);
        Surroundings surroundings = new Surroundings(resiliences, builder.middleware, parts);

        EventStoreAdapter eventAdapter =
                events.map(provider -> provider.open(context)).orElse(null);
        this.eventStore = eventAdapter == null ? null : surroundings.store(eventAdapter);
        this.eventLog = eventAdapter == null ? null : surroundings.log(eventAdapter);
        this.projections = documents
                .map(provider -> provider.open(context))
                .map(adapter -> surroundings.projections(
                        adapter, Port.PROJECTIONS.name(config).orElseThrow()))
                .orElse(null);
        this.schemaRegistry = schemas.map(provider -> provider.open(context))
                .map(surroundings::registry)
                .orElse(null);
        this.busAdapter = messages.map(provider -> provider.open(context)).orElse(null);
        this.messageBus = busAdapter == null ? null : surroundings.bus(busAdapter);
        this.health = closing.add(parts.registry());
        this.healthServer = parts.serve(config.serviceName()).map(closing::add).orElse(null);
    }

    /**
     * Opens everything that is configured. May block, as adapters that connect at once do.
     *
     * @param codec writes and reads the service's events and messages
     * @return to be closed by the caller
     * @throws BootstrapException if a provider is not on the class path, or what it is given can't be used
     * @throws com.portfolio.infra.ports.InfrastructureException if a part can't be opened
     */
    public static Infrastructure open(InfrastructureConfig config, EventCodec codec) {
        return builder(config, codec).open();
    }

    /**
     * What to open, with choices that a configuration can't make.
     *
     * @param codec writes and reads the service's events and messages
     */
    public static Builder builder(InfrastructureConfig config, EventCodec codec) {
        return new Builder(config, codec);
    }

    /**
     * The event store.
     *
     * @throws BootstrapException if none is configured
     */
    public EventStore eventStore() {
        return required(eventStore, Port.EVENT_STORE);
    }

    /**
     * The events of the event store in global order.
     *
     * @throws BootstrapException if no event store is configured
     */
    public EventLog eventLog() {
        return required(eventLog, Port.EVENT_STORE);
    }

    /**
     * Opens stores of projections.
     *
     * @throws BootstrapException if nothing that keeps them is configured
     */
    public ProjectionStores projections() {
        return required(projections, Port.PROJECTIONS);
    }

    /**
     * The schema registry.
     *
     * @throws BootstrapException if none is configured
     */
    public SchemaRegistry schemaRegistry() {
        return required(schemaRegistry, Port.SCHEMA_REGISTRY);
    }

    /**
     * The message bus. It is closed with this.
     *
     * @throws BootstrapException if none is configured
     */
    public MessageBus messageBus() {
        return required(messageBus, Port.MESSAGE_BUS);
    }

    /**
     * What a group of the message bus could not handle.
     *
     * @throws BootstrapException if no message bus is configured, or it keeps no dead letters
     */
    public DeadLetterQueue deadLetters(String group) {
        Objects.requireNonNull(group, "group");
        return required(busAdapter, Port.MESSAGE_BUS)
                .deadLetters()
                .orElseThrow(() -> new BootstrapException(
                        "The message bus that " + Port.MESSAGE_BUS.variable() + " names keeps no dead letters.", null))
                .apply(group);
    }

    /** The health of everything that was opened; the service registers what else it has. */
    public HealthCheckRegistry health() {
        return health;
    }

    /** Where health is told over HTTP, if {@code HEALTH_HTTP_PORT} is set. */
    public Optional<URI> healthUri() {
        return Optional.ofNullable(healthServer).map(HealthServer::uri);
    }

    /** The secrets of the configuration, under the names of their variables. */
    public SecretManager secrets() {
        return secrets;
    }

    /**
     * The pools of connections that adapters have opened. The service can open its own there, which are closed after
     * everything else. Hand one over by {@link Builder#sharing} to have the pools measured.
     */
    public ConnectionManager connections() {
        return connections;
    }

    /**
     * What adapters share, for what a port does not do: the {@code NeonDatabase} to join a transaction, the
     * {@code InMemoryBroker} to lose a message. Empty if no adapter has opened such a thing. What is called directly
     * goes past all that stands around the adapters.
     */
    public <T> Optional<T> shared(Class<T> type) {
        return context.find(Objects.requireNonNull(type, "type"));
    }

    private static <T> T required(@Nullable T part, Port<?> port) {
        if (part == null) {
            throw port.notChosen();
        }
        return part;
    }

    /**
     * Says that the service is not ready any more, and closes everything in the reverse order of opening. The message
     * bus lets handlers end, which may still call the other parts. Closing again does nothing; who closes while
     * another thread does waits for it.
     *
     * <p>Where requests come through a balancer, call {@code health().shutdown()} first, and close when it has
     * noticed.
     *
     * @throws RuntimeException the first failure, after everything else was closed, with the others as suppressed ones
     */
    @Override
    public void close() {
        health.shutdown();
        closing.close();
    }

    /** What to open. */
    public static final class Builder {

        private final InfrastructureConfig config;
        private final EventCodec codec;
        private final Map<Class<?>, Object> shared = new LinkedHashMap<>();
        private MiddlewareChain middleware = MiddlewareChain.none();
        private Optional<Clock> clock = Optional.empty();
        private ClassLoader classLoader = ClassLoaders.usual();

        private Builder(InfrastructureConfig config, EventCodec codec) {
            this.config = Objects.requireNonNull(config, "config");
            this.codec = Objects.requireNonNull(codec, "codec");
        }

        /**
         * What the time is taken from: by adapters that say so, by health, and by breakers and budgets. By default
         * the system's.
         */
        public Builder clock(Clock source) {
            clock = Optional.of(source);
            return this;
        }

        /** What stands around the calls of every port, and around handlers of messages; by default nothing. */
        public Builder middleware(MiddlewareChain chain) {
            middleware = Objects.requireNonNull(chain, "chain");
            return this;
        }

        /** Where providers are looked for; by default the current thread's class loader. */
        public Builder classLoader(ClassLoader loader) {
            classLoader = Objects.requireNonNull(loader, "loader");
            return this;
        }

        /**
         * Hands over what adapters would open themselves, such as a {@code NeonDatabase} or an {@code InMemoryBroker}.
         * It stays the caller's to close.
         */
        public <T> Builder sharing(Class<T> type, T instance) {
            shared.put(type, type.cast(Objects.requireNonNull(instance, "instance")));
            return this;
        }

        /**
         * Opens it.
         *
         * @see Infrastructure#open
         */
        public Infrastructure open() {
            ClosingStack closing = new ClosingStack();
            try {
                return new Infrastructure(this, closing);
            } catch (Throwable failure) {
                closing.closeAfter(failure);
                throw failure;
            }
        }
    }
}
