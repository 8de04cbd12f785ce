package com.portfolio.infra.examples.readme;

import com.portfolio.infra.examples.accounts.AccountEvent;
import com.portfolio.infra.examples.accounts.AccountEvent.UserRegistered;
import com.portfolio.infra.examples.accounts.AccountNotice;
import com.portfolio.infra.examples.accounts.AccountNotice.UserJoined;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.projection.CheckpointedProjectionStore;
import com.portfolio.infra.utilities.bootstrap.Infrastructure;
import com.portfolio.infra.utilities.configuration.InfrastructureConfig;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.util.List;
import java.util.function.Consumer;

/** What the guide to the bootstrap shows first. A test compares the two, and runs this. */
final class Bootstrap {

    private Bootstrap() {}

    record UserView(String email) {}

    static void run(InfrastructureConfig config, Consumer<Object> report) {
        // Guide begins
        EventCodec codec = JacksonEventCodec.of(EventTypes.ofSealed("accounts", AccountEvent.class)
                .and(EventTypes.ofSealed("accounts", AccountNotice.class)));
        try (Infrastructure infrastructure = Infrastructure.open(config, codec)) {
            EventStore store = infrastructure.eventStore();
            MessageBus bus = infrastructure.messageBus();
            CheckpointedProjectionStore<UserView> users =
                    infrastructure.projections().checkpointed("users", UserView.class);
            store.append("account-ada", List.of(new UserRegistered("ada", "ada@example.org")));
            users.save("ada", new UserView("ada@example.org"));
            bus.publish(new UserJoined("ada", "ada@example.org"));
            report.accept(infrastructure.health().checkAll());
        }
        // Guide ends
    }
}
