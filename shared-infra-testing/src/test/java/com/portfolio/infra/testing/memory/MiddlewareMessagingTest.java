package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageHandler;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.testing.EndedCalls;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import com.portfolio.infra.utilities.middleware.ErrorCategory;
import com.portfolio.infra.utilities.middleware.ErrorHandlingMiddleware;
import com.portfolio.infra.utilities.middleware.MiddlewareChain;
import com.portfolio.infra.utilities.middleware.MiddlewareMessagePublisher;
import com.portfolio.infra.utilities.middleware.MiddlewareMessageSubscriber;
import com.portfolio.infra.utilities.middleware.SemanticNames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MiddlewareMessagingTest {

    private static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed() {
            super("The order has no number (password=swordfish).");
        }
    }

    private final EndedCalls ended = new EndedCalls();
    private final MiddlewareChain chain = MiddlewareChain.of(
            ended,
            ErrorHandlingMiddleware.builder()
                    .map(Malformed.class, ErrorCategory.INVALID_INPUT)
                    .build());
    private final MessagingFixture fixture = new MessagingFixture();
    private final MessageBus bus = fixture.bus();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void handle(MessageHandler<OrderEvent> handler) {
        assertThat(new MiddlewareMessageSubscriber(bus, chain, "memory")
                        .subscribe(MessagingFixture.request().build(), handler))
                .isNotNull();
        MessagingFixture.publish(bus, new Placed("a", 1));
        fixture.awaitIdle();
    }

    @Test
    void aHandledMessageIsToldWithItsAttributesAndIds() {
        List<String> ids = new CopyOnWriteArrayList<>();

        handle((message, context) -> {
            ids.add(message.id());
            return HandlerResult.ack();
        });

        assertThat(ended.all()).hasSize(1);
        assertThat(ended.first())
                .containsEntry(SemanticNames.MESSAGING_CONSUMER_GROUP_NAME, MessagingFixture.GROUP)
                .containsEntry(SemanticNames.MESSAGING_MESSAGE_ID, ids.get(0))
                .containsEntry(SemanticNames.MESSAGE_KEY, "a")
                .containsEntry(SemanticNames.MESSAGE_ATTEMPT, "1")
                .containsEntry(SemanticNames.MESSAGE_RESULT, "ack")
                .containsKeys(SemanticNames.MESSAGING_DESTINATION_NAME, SemanticNames.CLOUDEVENTS_EVENT_TYPE)
                .doesNotContainKey("failure");
    }

    @Test
    void aMalformedMessageGoesToTheDeadLettersAtOnceAndIsToldAsAFailure() {
        AtomicInteger attempts = new AtomicInteger();

        handle((message, context) -> {
            attempts.incrementAndGet();
            throw new Malformed();
        });

        assertThat(attempts).hasValue(1);
        assertThat(fixture.deadLetters().list(DeadLetterQuery.first(10)).letters())
                .hasSize(1);
        assertThat(ended.first())
                .containsEntry(SemanticNames.MESSAGE_RESULT, "dead_letter")
                .containsEntry("failure", "Malformed");
    }

    @Test
    void anythingElseIsRedeliveredByTheSubscriptionsPolicy() {
        AtomicInteger attempts = new AtomicInteger();

        handle((message, context) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return HandlerResult.ack();
        });

        assertThat(attempts).hasValue(3);
        assertThat(ended.all())
                .extracting(call -> call.told().get(SemanticNames.MESSAGE_RESULT))
                .containsExactly("retry", "retry", "ack");
    }

    @Test
    void whatAHandlerDecidesItselfStands() {
        handle((message, context) -> HandlerResult.deadLetter("I do not like it."));

        assertThat(fixture.deadLetters().list(DeadLetterQuery.first(10)).letters())
                .hasSize(1);
        assertThat(ended.first()).containsEntry(SemanticNames.MESSAGE_RESULT, "dead_letter");
    }

    @Test
    void aPublishedMessageIsToldWithItsDestination() {
        MessagePublisher publisher = new MiddlewareMessagePublisher(bus, chain, "memory");

        publisher.publish(new Placed("a", 1)).toCompletableFuture().join();

        assertThat(ended.first())
                .containsKeys(SemanticNames.MESSAGING_DESTINATION_NAME, SemanticNames.MESSAGING_MESSAGE_ID)
                .containsEntry(SemanticNames.MESSAGE_KEY, "a");
    }

    @Test
    void theFailureOfAPublishIsThatOfTheBusAndNotWrapped() {
        fixture.broker().publishFaults().failNext(message -> new MessageTooLargeException("memory", "1", 2, 1, null));
        MessagePublisher publisher = new MiddlewareMessagePublisher(bus, chain, "memory");
        List<Throwable> failures = new ArrayList<>();

        assertThat(publisher
                        .publish(new Placed("a", 1))
                        .whenComplete((receipt, e) -> failures.add(e))
                        .toCompletableFuture())
                .isCompletedExceptionally();

        assertThat(failures)
                .hasOnlyElementsOfType(MessageTooLargeException.class)
                .hasSize(1);
        assertThat(ended.first()).containsEntry("failure", "MessageTooLargeException");
    }

    @Test
    void nothingButAMissingMessageIsThrown() {
        MessagePublisher broken = message -> {
            throw new IllegalStateException("It should not.");
        };
        MessagePublisher publisher = new MiddlewareMessagePublisher(broken, chain);

        assertThat(publisher.publish(new Placed("a", 1)).toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> publisher.publish((Message<?>) null)).isInstanceOf(NullPointerException.class);
    }
}
