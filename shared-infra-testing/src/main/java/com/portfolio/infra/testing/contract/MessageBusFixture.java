package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.MessageBus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an adapter hands to the kit of {@link MessageBus}: a broker, and buses of services that are connected to it. A new one
 * for each test, with nothing in its destinations; the kit closes it, which closes all buses that it gave.
 *
 * <p>The optional parts are traits: a fixture that lacks one says so, and the kit asserts what is true then.
 */
public interface MessageBusFixture extends AutoCloseable {

    /**
     * The bus of a process of a service, with the codec {@link KitCodecs#messages()}. It makes the destinations that it
     * needs, and a member that died is noticed within {@link #patience()}.
     */
    MessageBus open(String service);

    /** Ends a bus as if its process had died: it acknowledges nothing any more, and does not say that it goes. */
    void crash(MessageBus bus);

    /** The dead letters of a group. */
    DeadLetterQueue deadLetters(String group);

    /**
     * Sends a message as somebody without this library may do, well-formed or not, to where a type is published.
     *
     * @param type    the logical name of the type
     * @param headers as in the binary mode of CloudEvents' Kafka binding, such as {@code ce_id}
     */
    void send(String type, Map<String, String> headers, byte[] data);

    /** Stops the broker; what it has acknowledged is there when it is started again. */
    void stopBroker();

    /** Starts the broker again, and returns when it answers. */
    void startBroker();

    /** Has no dead letter of a group be stored, until what this gives is run. */
    Runnable breakDeadLetters(String group);

    /**
     * Has the member of a group that a bus has lose what it holds, as a process does that was frozen for too long; others of
     * the group get it.
     */
    void takeAway(MessageBus bus, String group);

    /** Trait: a bus that makes no destination, where they can be missing. */
    default Optional<MessageBus> openWithoutDestinations(String service) {
        return Optional.empty();
    }

    /** Trait: from how many bytes on data is too large. */
    default OptionalInt tooManyBytes() {
        return OptionalInt.empty();
    }

    /** Within what time publishing is to fail while the broker is down; the kit waits a little longer. */
    Duration publishTimeout();

    /** How long the kit waits for what should happen soon. */
    default Duration patience() {
        return Duration.ofSeconds(60);
    }

    @Override
    void close();
}
