package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.testing.memory.InMemoryBroker;
import com.portfolio.infra.testing.memory.InMemoryMessageBus;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buses in memory. */
class InMemoryBusFixture implements MessageBusFixture {

    private final InMemoryBroker broker = new InMemoryBroker();
    private final Queue<InMemoryMessageBus> buses = new ConcurrentLinkedQueue<>();

    @Override
    public MessageBus open(String service) {
        InMemoryMessageBus bus = new InMemoryMessageBus(broker, service, KitCodecs.messages());
        buses.add(bus);
        return bus;
    }

    @Override
    public void crash(MessageBus bus) {
        ((InMemoryMessageBus) bus).crash();
    }

    @Override
    public DeadLetterQueue deadLetters(String group) {
        return broker.deadLetters(group);
    }

    @Override
    public void send(String type, Map<String, String> headers, byte[] data) {
        broker.put(headers, data);
    }

    @Override
    public void stopBroker() {
        broker.lose();
    }

    @Override
    public void startBroker() {
        broker.restore();
    }

    @Override
    public Runnable breakDeadLetters(String group) {
        broker.deadLetterFaults()
                .failAll(
                        letter -> letter.group().equals(group), letter -> new BrokerUnavailableException("full", null));
        return broker.deadLetterFaults()::clear;
    }

    @Override
    public void takeAway(MessageBus bus, String group) {
        broker.takeAway(group);
    }

    @Override
    public Duration publishTimeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
        broker.restore();
        buses.forEach(InMemoryMessageBus::close);
    }
}
