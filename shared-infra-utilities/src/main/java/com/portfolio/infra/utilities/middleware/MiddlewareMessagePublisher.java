package com.portfolio.infra.utilities.middleware;

import com.portfolio.infra.ports.Experimental;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A publisher with middleware around its calls; it keeps every promise of {@link MessagePublisher}.
 *
 * <p>Inside a trace a message carries the span of its sending, unless it has a trace already, which it keeps. What
 * the stage fails with is not wrapped. It stands around a
 * {@link com.portfolio.infra.utilities.resilience.ResilientMessagePublisher}, not inside. Thread-safe if the publisher
 * is.
 */
@Experimental
public final class MiddlewareMessagePublisher implements MessagePublisher {

    private final MessagePublisher publisher;
    private final MiddlewareChain chain;
    private final Call send;

    /** The publisher stays the caller's to close. */
    public MiddlewareMessagePublisher(MessagePublisher publisher, MiddlewareChain chain) {
        this(publisher, chain, Call.UNKNOWN);
    }

    /**
     * The publisher stays the caller's to close.
     *
     * @param system the technology of the bus, such as {@code kafka} or {@code memory}
     */
    public MiddlewareMessagePublisher(MessagePublisher publisher, MiddlewareChain chain, String system) {
        this.publisher = Objects.requireNonNull(publisher, "publisher");
        this.chain = Objects.requireNonNull(chain, "chain");
        this.send = Call.of(CallKind.MESSAGE_SEND, "send").system(system);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(Message<?> message) {
        if (chain.isEmpty()) {
            return publisher.publish(message);
        }
        Objects.requireNonNull(message, "message");
        AtomicReference<Optional<String>> destination = new AtomicReference<>(Optional.empty());
        Call call = about(message, send)
                .result(SemanticNames.MESSAGING_DESTINATION_NAME, destination::get)
                .done();
        return chain.callAsync(
                call,
                () -> publisher.publish(stamped(message)).thenApply(receipt -> {
                    destination.set(Optional.of(receipt.destination()));
                    return receipt;
                }));
    }

    static CallDraft about(Message<?> message, Call call) {
        CallDraft about = call.edit()
                .attribute(
                        SemanticNames.CLOUDEVENTS_EVENT_TYPE,
                        message.type()
                                .map(EventType::name)
                                .orElse(message.data().getClass().getSimpleName()))
                .detail(SemanticNames.MESSAGING_MESSAGE_ID, message.id())
                .payload(message.data());
        message.key().ifPresent(key -> about.detail(SemanticNames.MESSAGE_KEY, key));
        message.correlationId().ifPresent(id -> about.detail(SemanticNames.MESSAGING_MESSAGE_CONVERSATION_ID, id));
        return about;
    }

    private Message<?> stamped(Message<?> message) {
        return message.trace().isPresent()
                ? message
                : chain.trace()
                        .<Message<?>>map(
                                trace -> message.toBuilder().trace(trace).build())
                        .orElse(message);
    }
}
