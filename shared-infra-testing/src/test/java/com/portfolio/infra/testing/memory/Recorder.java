package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeliveryContext;
import com.portfolio.infra.ports.messaging.EventHandler;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was called with, then does what the test says. */
final class Recorder<T> implements MessageHandler<T> {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A call of the handler. */
    record Call<T>(Message<T> message, DeliveryContext context, String thread) {

        T data() {
            return message.data();
        }

        int attempt() {
            return context.attempt();
        }
    }

    private final List<Call<T>> calls = new CopyOnWriteArrayList<>();
    private final MessageHandler<T> then;

    private Recorder(MessageHandler<T> then) {
        this.then = then;
    }

    static <T> Recorder<T> acknowledging() {
        return new Recorder<>((message, context) -> HandlerResult.ack());
    }

    static <T> Recorder<T> then(MessageHandler<T> then) {
        return new Recorder<>(then);
    }

    static <T> Recorder<T> thenHandle(EventHandler<T> then) {
        return new Recorder<>(MessageHandler.of(then));
    }

    @Override
    public HandlerResult handle(Message<T> message, DeliveryContext context) throws Exception {
        calls.add(new Call<>(message, context, Thread.currentThread().getName()));
        return then.handle(message, context);
    }

    List<Call<T>> calls() {
        return List.copyOf(calls);
    }

    List<T> data() {
        return calls.stream().map(Call::data).toList();
    }

    List<Call<T>> awaitCalls(int number) {
        return Eventually.within(PATIENCE).get("the calls", this::calls, seen -> seen.size() >= number);
    }
}
