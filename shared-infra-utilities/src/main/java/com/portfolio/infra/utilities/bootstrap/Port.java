package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.utilities.configuration.EventStoreConfig;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.configuration.MessageBusConfig;
import com.portfolio.infra.utilities.configuration.ProjectionsConfig;
import com.portfolio.infra.utilities.configuration.SchemaRegistryConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A port whose technology the configuration names.
 *
 * @param what     it is, as in "There is no event store"
 * @param variable that names the technology
 * @param kind     of providers
 * @param choices  what may be named
 * @param chosen   what is named
 * @param <A>      what a provider opens
 */
record Port<A>(
        String what,
        String variable,
        Class<? extends AdapterProvider<A>> kind,
        List<String> choices,
        Function<InfrastructureConfig, Enum<?>> chosen) {

    static final Port<EventStoreAdapter> EVENT_STORE = new Port<>(
            "event store",
            "EVENT_STORE_PROVIDER",
            EventStoreProvider.class,
            words(EventStoreConfig.Provider.values()),
            config -> config.eventStore().provider());

    static final Port<ProjectionStoreAdapter> PROJECTIONS = new Port<>(
            "projection store",
            "PROJECTION_STORE_PROVIDER",
            ProjectionStoreProvider.class,
            words(ProjectionsConfig.Provider.values()),
            config -> config.projections().provider());

    static final Port<SchemaRegistryAdapter> SCHEMA_REGISTRY = new Port<>(
            "schema registry",
            "SCHEMA_REGISTRY_PROVIDER",
            SchemaRegistryProvider.class,
            words(SchemaRegistryConfig.Provider.values()),
            config -> config.schemaRegistry().provider());

    static final Port<MessageBusAdapter> MESSAGE_BUS = new Port<>(
            "message bus",
            "MESSAGE_BUS_PROVIDER",
            MessageBusProvider.class,
            words(MessageBusConfig.Provider.values()),
            config -> config.messageBus().provider());

    /** All, in the order in which they are opened. */
    static final List<Port<?>> ALL = List.of(EVENT_STORE, PROJECTIONS, SCHEMA_REGISTRY, MESSAGE_BUS);

    private static final String NOTHING = "none";

    /** What the configuration names; empty if it names nothing. */
    Optional<String> name(InfrastructureConfig config) {
        return Optional.of(word(chosen.apply(config))).filter(name -> !name.equals(NOTHING));
    }

    /** For who asks for what was not chosen. */
    BootstrapException notChosen() {
        return new BootstrapException(
                "There is no " + what + ", as " + variable + " is none or not set; it can be "
                        + Sentences.or(choices.stream()
                                .filter(choice -> !choice.equals(NOTHING))
                                .toList())
                        + ".",
                null);
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(Port::word).toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
