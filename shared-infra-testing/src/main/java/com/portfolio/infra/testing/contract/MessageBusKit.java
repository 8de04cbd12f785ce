package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.RedeliveryPolicy;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;

/** What the parts of the kit of the bus share. */
@DisplayNameGeneration(RuleNames.class)
abstract class MessageBusKit {

    /** Attempts that follow each other at once. */
    static final RedeliveryPolicy AT_ONCE =
            RedeliveryPolicy.defaults().delays(Duration.ZERO, Duration.ZERO).maxAttempts(3);

    private final String group = Unique.name("kit");
    private MessageBusFixture fixture;

    MessageBusKit() {}

    protected abstract MessageBusFixture fixture();

    @BeforeEach
    void open() {
        fixture = fixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    MessageBusFixture bus() {
        return fixture;
    }

    /** A process of a service. */
    MessageBus open(String service) {
        return fixture.open(service);
    }

    /** The group of the test. */
    String group() {
        return group;
    }

    Duration patience() {
        return fixture.patience();
    }

    Eventually eventually() {
        return Eventually.within(patience());
    }

    Heard heard() {
        return Heard.by(patience());
    }

    Heard heard(MessageHandler<KitMessage> then) {
        return new Heard(patience(), then);
    }

    /** A subscription to everything, as the group of the test, whose attempts follow each other at once. */
    SubscriptionRequest.Builder<KitMessage> request() {
        return request(group);
    }

    static SubscriptionRequest.Builder<KitMessage> request(String name) {
        return SubscriptionRequest.builder(KitMessage.class).group(name).redelivery(AT_ONCE);
    }

    /** Subscribes, and waits until the member takes part. */
    Subscription subscribe(
            MessageBus bus, SubscriptionRequest.Builder<KitMessage> request, MessageHandler<KitMessage> handler) {
        Subscription subscription = bus.subscribe(request.build(), handler);
        awaitReady(subscription);
        return subscription;
    }

    void awaitReady(Subscription subscription) {
        get(subscription.ready().toCompletableFuture());
    }

    <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("It failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("It did not happen within " + patience() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The thread was interrupted while it waited.", e);
        }
    }

    PublishReceipt publish(MessageBus bus, KitMessage event) {
        return publish(bus, Message.of(event));
    }

    PublishReceipt publish(MessageBus bus, Message<?> message) {
        return get(bus.publish(message).toCompletableFuture());
    }

    /** Publishes messages of a key, in their order. */
    void publish(MessageBus bus, String key, int from, int to) {
        List<CompletableFuture<PublishReceipt>> published = new ArrayList<>();
        for (int number = from; number <= to; number++) {
            published.add(bus.publish(new Placed(key, number)).toCompletableFuture());
        }
        published.forEach(this::get);
    }

    /** Waits until the group has so many dead letters. */
    List<DeadLetter> awaitLetters(String of, int number) {
        return eventually().get("the dead letters", () -> letters(of), found -> found.size() >= number);
    }

    List<DeadLetter> letters(String of) {
        return fixture.deadLetters(of)
                .list(DeadLetterQuery.first(DeadLetterQuery.MAX_LIMIT))
                .letters();
    }

    /** What somebody without this library sends with a message. */
    static Map<String, String> headers(String id, String type, String key) {
        return Map.of(
                "ce_specversion", "1.0", "ce_id", id, "ce_source", "/legacy", "ce_type", type, "ce_partitionkey", key);
    }

    static byte[] json(String key, int number) {
        return ("{\"aggregateId\":\"" + key + "\",\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    }
}
