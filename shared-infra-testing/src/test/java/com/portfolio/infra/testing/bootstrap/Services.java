package com.portfolio.infra.testing.bootstrap;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.utilities.configuration.ConfigurationManager;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a small service has. */
final class Services {

    sealed interface Event extends DomainEvent {

        record Opened(String owner) implements Event {}
    }

    sealed interface Notice extends IntegrationEvent {

        record Welcome(String owner) implements Notice {

            @Override
            public String aggregateId() {
                return owner;
            }
        }
    }

    record View(String owner) {}

    static final EventCodec CODEC = JacksonEventCodec.of(
            EventTypes.ofSealed("accounts", Event.class).and(EventTypes.ofSealed("notices", Notice.class)));

    private Services() {}

    static InfrastructureConfig config(String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ConfigurationManager.builder()
                .environment(environment)
                .systemProperties(Map.of())
                .load();
    }

    static InfrastructureConfig inMemory(String... more) {
        String[] all = new String[more.length + 8];
        System.arraycopy(
                new String[] {
                    "SERVICE_NAME", "accounts",
                    "EVENT_STORE_PROVIDER", "memory",
                    "MESSAGE_BUS_PROVIDER", "memory",
                    "SCHEMA_REGISTRY_PROVIDER", "memory"
                },
                0,
                all,
                0,
                8);
        System.arraycopy(more, 0, all, 8, more.length);
        return config(all);
    }
}
