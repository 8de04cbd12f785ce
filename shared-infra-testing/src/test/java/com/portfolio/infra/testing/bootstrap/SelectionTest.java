package com.portfolio.infra.testing.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.testing.bootstrap.Services.Event.Opened;
import com.portfolio.infra.testing.memory.InMemoryEventStoreProvider;
import com.portfolio.infra.utilities.bootstrap.BootstrapException;
import com.portfolio.infra.utilities.bootstrap.EventStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.EventStoreFactory;
import com.portfolio.infra.utilities.bootstrap.EventStoreProvider;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.bootstrap.MessageBusAdapter;
import com.portfolio.infra.utilities.bootstrap.MessageBusFactory;
import com.portfolio.infra.utilities.bootstrap.ProjectionDefinition;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreAdapter;
import com.portfolio.infra.utilities.bootstrap.ProjectionStoreFactory;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryAdapter;
import com.portfolio.infra.utilities.bootstrap.SchemaRegistryFactory;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which provider is taken, and what is said where there is none. */
class SelectionTest {

    private static final InfrastructureConfig NEON =
            Services.config("EVENT_STORE_PROVIDER", "neon", "DATABASE_URL", "postgresql://app@localhost/shop");

    private ClassPath classPath;

    @BeforeEach
    void makeClassPath(@TempDir Path folder) throws IOException {
        classPath = ClassPath.in(folder);
    }

    @AfterEach
    void closeClassPath() throws IOException {
        classPath.close();
    }

    private Infrastructure open(InfrastructureConfig config) {
        return Infrastructure.builder(config, Services.CODEC)
                .classLoader(classPath)
                .sharing(Steps.class, new Steps())
                .open();
    }

    @Test
    void allThatIsMissingIsToldAtOnceWithWhereItIs() throws IOException {
        classPath.with(EventStoreProvider.class, InMemoryEventStoreProvider.class);
        InfrastructureConfig config = Services.config(
                "SERVICE_NAME", "accounts",
                "EVENT_STORE_PROVIDER", "neon",
                "DATABASE_URL", "postgresql://app@localhost/shop",
                "PROJECTION_STORE_PROVIDER", "none",
                "MESSAGE_BUS_PROVIDER", "kafka",
                "KAFKA_BROKERS", "localhost:9092");
        assertThatThrownBy(() -> open(config))
                .isInstanceOf(BootstrapException.class)
                .hasMessage("2 adapters can't be opened:\n"
                        + "- EVENT_STORE_PROVIDER is neon, but no provider on the class path answers to that (there is"
                        + " memory); neon is in com.portfolio.infra:shared-infra-neon.\n"
                        + "- MESSAGE_BUS_PROVIDER is kafka, but no provider on the class path answers to that (there is"
                        + " none); kafka is in com.portfolio.infra:shared-infra-kafka.");
    }

    @Test
    void twoProvidersOfOneNameAreAnError() throws IOException {
        classPath.with(EventStoreProvider.class, TrackedProviders.Events.class, TrackedProviders.OtherEvents.class);
        assertThatThrownBy(() -> open(NEON))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("EVENT_STORE_PROVIDER is neon, and "
                        + TrackedProviders.Events.class.getName() + " and "
                        + TrackedProviders.OtherEvents.class.getName() + " on the class path both answer to that");
    }

    @Test
    void aBrokenProviderDoesNotHideTheOthers() throws IOException {
        classPath.with(
                EventStoreProvider.class,
                "com.example.Gone",
                TrackedProviders.Broken.class.getName(),
                InMemoryEventStoreProvider.class.getName());
        try (Infrastructure infrastructure = Infrastructure.builder(
                        Services.config("EVENT_STORE_PROVIDER", "memory", "PROJECTION_STORE_PROVIDER", "none"),
                        Services.CODEC)
                .classLoader(classPath)
                .open()) {
            infrastructure.eventStore().append("account-ada", List.of(new Opened("ada")));
        }
    }

    @Test
    void aBrokenProviderIsToldOfWhereOneIsMissing() throws IOException {
        classPath.with(
                EventStoreProvider.class,
                "com.example.Gone",
                TrackedProviders.Broken.class.getName(),
                InMemoryEventStoreProvider.class.getName());
        InfrastructureConfig config = Services.config(
                "EVENT_STORE_PROVIDER",
                "neon",
                "DATABASE_URL",
                "postgresql://app@localhost/shop",
                "PROJECTION_STORE_PROVIDER",
                "none");
        assertThatThrownBy(() -> open(config))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("(there is memory)")
                .hasMessageContaining("2 can't be loaded: ")
                .hasMessageContaining("Provider com.example.Gone not found")
                .hasMessageContaining("Broken could not be instantiated")
                .hasCauseInstanceOf(ServiceConfigurationError.class);
    }

    @Test
    void theFactoriesOpenOnePortAlone() throws Exception {
        InfrastructureConfig config = Services.inMemory();
        try (var opened = EventStoreFactory.open(config, Services.CODEC)) {
            EventStoreAdapter events = opened.get();
            events.store().append("account-ada", List.of(new Opened("ada")));
            assertThat(events.log().head().value()).isPositive();
        }
        try (var opened = ProjectionStoreFactory.open(config, Services.CODEC)) {
            ProjectionStoreAdapter projections = opened.get();
            assertThat(projections
                            .open(ProjectionDefinition.of("views", Services.View.class))
                            .find("ada"))
                    .isEmpty();
        }
        try (var opened = SchemaRegistryFactory.open(config, Services.CODEC)) {
            SchemaRegistryAdapter schemas = opened.get();
            assertThat(schemas.dependency().health().check().status().name()).isEqualTo("UP");
        }
        try (var opened = MessageBusFactory.open(config, Services.CODEC)) {
            MessageBusAdapter messages = opened.get();
            messages.bus()
                    .publish(new Services.Notice.Welcome("ada"))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFactorySaysWhatIsNotConfigured() {
        assertThatThrownBy(() -> MessageBusFactory.open(Services.config(), Services.CODEC))
                .isInstanceOf(BootstrapException.class)
                .hasMessage("There is no message bus, as MESSAGE_BUS_PROVIDER is none or not set; it can be kafka,"
                        + " redis, cloudflare or memory.");
    }
}
