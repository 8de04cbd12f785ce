package com.portfolio.infra.utilities.bootstrap;

import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.MessageBus;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A message bus that was opened.
 *
 * @param bus              the bus
 * @param deadLetters      gives the dead letters of a group, if the bus keeps any
 * @param dependency       the broker
 * @param repeatsPublishes whether the bus itself sends a message again whose sending failed for a passing reason, so
 *                         that nobody else must
 */
public record MessageBusAdapter(
        MessageBus bus,
        Optional<Function<String, DeadLetterQueue>> deadLetters,
        Dependency dependency,
        boolean repeatsPublishes) {

    public MessageBusAdapter {
        Objects.requireNonNull(bus, "bus");
        Objects.requireNonNull(deadLetters, "deadLetters");
        Objects.requireNonNull(dependency, "dependency");
    }
}
