package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.ports.messaging.EventHandler;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A handler that remembers what it was called with, and then does what the test says. Thread-safe. */
final class Heard implements MessageHandler<KitMessage> {

    private final Duration patience;
    private final MessageHandler<KitMessage> then;
    private final List<Call> calls = new ArrayList<>();

    Heard(Duration patience, MessageHandler<KitMessage> then) {
        this.patience = patience;
        this.then = then;
    }

    /** One that acknowledges. */
    static Heard by(Duration patience) {
        return new Heard(patience, (message, context) -> HandlerResult.ack());
    }

    static Heard by(Duration patience, EventHandler<KitMessage> then) {
        return new Heard(patience, MessageHandler.of(then));
    }

    /** A call of the handler. */
    record Call(Message<KitMessage> message, DeliveryContext context, int attempt) {

        KitMessage data() {
            return message.data();
        }

        int number() {
            return message.data().number();
        }
    }

    @Override
    public HandlerResult handle(Message<KitMessage> message, DeliveryContext context) throws Exception {
        synchronized (this) {
            calls.add(new Call(message, context, context.attempt()));
        }
        return then.handle(message, context);
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The calls with a message. */
    List<Call> of(int number) {
        return calls().stream().filter(call -> call.number() == number).toList();
    }

    /** The numbers of all calls, in their order. */
    List<Integer> numbers() {
        return calls().stream().map(Call::number).toList();
    }

    Set<Integer> distinct() {
        return new TreeSet<>(numbers());
    }

    /** Waits until the handler was called so often. */
    List<Call> awaitCalls(int number) {
        return Eventually.within(patience).get("the number of calls", this::calls, seen -> seen.size() >= number);
    }

    /** Waits until the handler was called with so many messages, however often with each. */
    void awaitDistinct(int number) {
        Eventually.within(patience)
                .get("the number of messages", () -> distinct().size(), seen -> seen >= number);
    }

    /** The numbers of each key, each where it was handled first: what is repeated is left out. */
    Map<String, List<Integer>> firstByKey() {
        Map<String, List<Integer>> byKey = new LinkedHashMap<>();
        Set<Integer> seen = new HashSet<>();
        for (Call call : calls()) {
            if (seen.add(call.number())) {
                byKey.computeIfAbsent(call.data().aggregateId(), key -> new ArrayList<>())
                        .add(call.number());
            }
        }
        return byKey;
    }
}
