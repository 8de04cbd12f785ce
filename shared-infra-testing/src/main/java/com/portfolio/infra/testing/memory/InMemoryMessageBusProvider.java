package com.portfolio.infra.testing.memory;

import com.portfolio.infra.utilities.bootstrap.AdapterContext;
import com.portfolio.infra.utilities.bootstrap.Dependency;
import com.portfolio.infra.utilities.bootstrap.MessageBusAdapter;
import com.portfolio.infra.utilities.bootstrap.MessageBusProvider;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code MESSAGE_BUS_PROVIDER=memory} names: a bus of the broker that was handed over
 * ({@code builder.sharing(InMemoryBroker.class, broker)}), or else of the one that all services of the process meet
 * at. That one begins empty with the first that opens a bus, and ends with the last that closes its own.
 */
public final class InMemoryMessageBusProvider implements MessageBusProvider {

    @Override
    public Set<String> names() {
        return MemoryParts.NAMES;
    }

    @Override
    public MessageBusAdapter open(AdapterContext context) {
        InMemoryBroker broker = context.shared(
                InMemoryBroker.class,
                () -> context.closing(ProcessBroker.join()).broker());
        InMemoryMessageBus bus =
                context.closing(new InMemoryMessageBus(broker, context.serviceName(), context.codec()));
        return new MessageBusAdapter(
                bus,
                Optional.of(broker::deadLetters),
                new Dependency("broker in memory", "memory", broker::health),
                false);
    }
}
