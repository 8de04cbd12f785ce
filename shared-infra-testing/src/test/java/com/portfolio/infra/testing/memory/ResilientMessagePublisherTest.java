package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessagePublisher;
import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import com.portfolio.infra.utilities.resilience.BulkheadFullException;
import com.portfolio.infra.utilities.resilience.CircuitOpenException;
import com.portfolio.infra.utilities.resilience.Resilience;
import com.portfolio.infra.utilities.resilience.ResilientMessagePublisher;
import com.portfolio.infra.utilities.resilience.RetryBudget;
import com.portfolio.infra.utilities.resilience.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResilientMessagePublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SEED = 42;

    private final TestClock clock = TestClock.at("2026-01-31T12:00:00Z");
    private final InMemoryMessageBus bus = new InMemoryMessageBus("orders", OrderEvent.CODEC);
    private final ExecutorService brokerThreads = Executors.newFixedThreadPool(4);
    private Resilience resilience = with(atOnce().build()).build();

    private static RetryPolicy.Builder atOnce() {
        return RetryPolicy.builder()
                .maxAttempts(10_000)
                .base(Duration.ofNanos(1))
                .cap(Duration.ofNanos(1))
                .budget(RetryBudget.unlimited());
    }

    private Resilience.Builder with(RetryPolicy policy) {
        return Resilience.builder("broker")
                .retry(policy)
                .withoutCircuitBreaker()
                .clock(clock);
    }

    private MessagePublisher publisher() {
        return new ResilientMessagePublisher(bus, resilience);
    }

    @AfterEach
    void close() {
        resilience.close();
        bus.close();
        brokerThreads.shutdownNow();
    }

    private static PublishReceipt receipt(CompletionStage<PublishReceipt> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletionStage<PublishReceipt> stage) throws Exception {
        try {
            receipt(stage);
            throw new IllegalStateException("It did not fail.");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private List<Integer> published(String key) {
        return bus.published(Placed.class).stream()
                .map(Message::data)
                .filter(placed -> placed.aggregateId().equals(key))
                .map(Placed::number)
                .toList();
    }

    @Test
    void whatWasNotAcknowledgedIsSentAgainWithItsId() throws Exception {
        bus.broker().loseNextReceipt();
        Message<Placed> message = Message.of(new Placed("a", 1));

        receipt(publisher().publish(message));

        assertThat(bus.published(Placed.class)).extracting(Message::id).containsExactly(message.id(), message.id());
    }

    @Test
    void whatDoesNotPassIsNotSentAgain() throws Exception {
        bus.broker().publishFaults().failNext(message -> new MessageTooLargeException("memory", "1", 2, 1, null));

        assertThat(failure(publisher().publish(new Placed("a", 1)))).isInstanceOf(MessageTooLargeException.class);
        assertThat(published("a")).isEmpty();
    }

    /** A broker that answers late, on threads of its own. */
    private MessagePublisher answeringLate() {
        return message -> CompletableFuture.supplyAsync(() -> bus.publish(message), brokerThreads)
                .thenCompose(stage -> stage);
    }

    @Test
    void messagesOfAKeyStayInTheirOrderWhateverIsLost() throws Exception {
        int each = 200;
        List<String> keys = List.of("a", "b", "c");
        Random random = new Random(SEED);
        MessagePublisher publisher = new ResilientMessagePublisher(answeringLate(), resilience);
        List<CompletionStage<PublishReceipt>> receipts = new ArrayList<>();
        for (int number = 0; number < each; number++) {
            for (String key : keys) {
                switch (random.nextInt(4)) {
                    case 0 -> bus.broker().loseNextPublish();
                    case 1 -> bus.broker().loseNextReceipt();
                    default -> {}
                }
                receipts.add(publisher.publish(new Placed(key, number)));
            }
        }
        for (CompletionStage<PublishReceipt> stage : receipts) {
            receipt(stage);
        }

        for (String key : keys) {
            assertThat(published(key)).as("key %s, seed %d", key, SEED).isSorted();
            assertThat(published(key).stream().distinct()).hasSize(each);
        }
    }

    /** A broker that a test answers for. */
    private static final class ByHand implements MessagePublisher {

        private final List<Message<?>> sent = new CopyOnWriteArrayList<>();
        private final List<CompletableFuture<PublishReceipt>> answers = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<PublishReceipt> publish(Message<?> message) {
            CompletableFuture<PublishReceipt> answer = new CompletableFuture<>();
            answers.add(answer);
            sent.add(message);
            return answer;
        }
    }

    private static Message<Placed> orderOf(int number) {
        return Message.builder(new Placed("a", number)).build();
    }

    @Test
    void oneMessageOfAKeyIsUnderWayAtATimeAlsoWhenItsCallerGaveUp() {
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        CompletableFuture<PublishReceipt> first = publisher.publish(orderOf(1)).toCompletableFuture();
        CompletableFuture<PublishReceipt> second = publisher.publish(orderOf(2)).toCompletableFuture();
        assertThat(publisher.publish(new Placed("b", 1)).toCompletableFuture()).isNotDone();

        first.cancel(true);
        assertThat(broker.sent).hasSize(2);
        assertThat(second).isNotDone();

        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));
        MessagingFixture.eventually().pass(() -> assertThat(broker.sent).hasSize(3));
    }

    @Test
    void anAttemptThatTookTooLongHoldsBackTheNextMessageOfItsKeyUntilItHasEnded() throws Exception {
        resilience.close();
        resilience = Resilience.builder("broker")
                .retry(atOnce().maxAttempts(2).build())
                .withoutCircuitBreaker()
                .timeLimit(Duration.ofMillis(20))
                .executor(Runnable::run)
                .build();
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        CompletionStage<PublishReceipt> first = publisher.publish(orderOf(1));
        publisher.publish(orderOf(2));

        assertThat(failure(first)).isInstanceOf(PublishFailedException.class);
        assertThat(broker.sent).as("both attempts are under way").hasSize(2);
        broker.answers.get(1).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));
        assertThat(broker.sent).as("what may begin begins on this thread").hasSize(2);

        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));
        assertThat(broker.sent).hasSize(3);
    }

    @Test
    void aMessageThatWaitsHearsOfItsDeadlineThoughTheOneBeforeNeverEnds() throws Exception {
        resilience.close();
        resilience = Resilience.builder("broker")
                .retry(atOnce().deadline(Duration.ofMillis(300)).build())
                .withoutCircuitBreaker()
                .build();
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        publisher.publish(orderOf(1));

        assertThat(failure(publisher.publish(orderOf(2))))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("earlier messages of its key took until its deadline, and it was not sent");
        CompletionStage<PublishReceipt> third = publisher.publish(orderOf(3));
        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));

        MessagingFixture.eventually().pass(() -> assertThat(broker.sent).hasSize(2));
        assertThat(broker.sent.stream().<Object>map(Message::data))
                .containsExactly(new Placed("a", 1), new Placed("a", 3));
        broker.answers.get(1).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));
        assertThat(failure(third)).isInstanceOf(MessageTooLargeException.class);
    }

    @Test
    void whatWaitsIsSentAlsoByAnExecutorThatHasAFault() {
        resilience.close();
        resilience = with(atOnce().build())
                .executor(task -> {
                    throw new OutOfMemoryError("no thread");
                })
                .build();
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        publisher.publish(orderOf(1));
        publisher.publish(orderOf(2));

        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));

        MessagingFixture.eventually().pass(() -> assertThat(broker.sent).hasSize(2));
    }

    @Test
    void aStageThatCantBeListenedToHoldsNoKey() throws Exception {
        List<Message<?>> sent = new CopyOnWriteArrayList<>();
        MessagePublisher publisher = new ResilientMessagePublisher(
                message -> {
                    sent.add(message);
                    return new CompletableFuture<>() {
                        @Override
                        public CompletableFuture<PublishReceipt> whenComplete(
                                BiConsumer<? super PublishReceipt, ? super Throwable> action) {
                            throw new UnsupportedOperationException("deaf");
                        }
                    };
                },
                resilience);

        assertThat(failure(publisher.publish(orderOf(1)))).hasMessage("deaf");
        assertThat(failure(publisher.publish(orderOf(2)))).hasMessage("deaf");
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatWaitsWhenTheResilienceIsClosedIsToldSo() throws Exception {
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        publisher.publish(orderOf(1));
        CompletionStage<PublishReceipt> second = publisher.publish(orderOf(2));

        resilience.close();
        CompletionStage<PublishReceipt> third = publisher.publish(orderOf(3));
        assertThat(failure(third)).isInstanceOf(BusClosedException.class);
        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));

        assertThat(failure(second)).isInstanceOf(BusClosedException.class);
        assertThat(broker.sent).hasSize(1);
    }

    @Test
    void aMessageThatWaitedIsSentInTheContextOfItsPublisher() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(
                message -> {
                    seen.add(Correlation.current().correlationId().orElse("none"));
                    return broker.publish(message);
                },
                resilience);
        for (String correlation : List.of("first", "second")) {
            Correlation.Scope scope = Correlation.open(correlation);
            try {
                publisher.publish(orderOf(1));
            } finally {
                scope.close();
            }
        }
        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));

        MessagingFixture.eventually().pass(() -> assertThat(seen).containsExactly("first", "second"));
    }

    @Test
    void withoutRepetitionNothingWaits() {
        resilience = with(RetryPolicy.never()).build();
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);

        for (int number = 0; number < 5; number++) {
            assertThat(publisher.publish(orderOf(number)).toCompletableFuture()).isNotDone();
        }

        assertThat(broker.sent).hasSize(5);
    }

    @Test
    void waitingForEarlierMessagesCountsForTheDeadline() throws Exception {
        resilience = with(atOnce().deadline(Duration.ofSeconds(10)).build()).build();
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        assertThat(publisher.publish(orderOf(1)).toCompletableFuture()).isNotDone();
        CompletionStage<PublishReceipt> second = publisher.publish(orderOf(2));

        clock.advance(Duration.ofSeconds(10));
        broker.answers.get(0).completeExceptionally(new MessageTooLargeException("memory", "1", 2, 1, null));

        assertThat(failure(second))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("earlier messages of its key took until its deadline, and it was not sent");
        assertThat(broker.sent).hasSize(1);
    }

    @Test
    void tooManyThatWaitAreRefused() throws Exception {
        ByHand broker = new ByHand();
        MessagePublisher publisher = new ResilientMessagePublisher(broker, resilience);
        for (int number = 0; number <= ResilientMessagePublisher.MAX_WAITING; number++) {
            assertThat(publisher.publish(orderOf(number)).toCompletableFuture()).isNotDone();
        }

        assertThat(failure(publisher.publish(orderOf(-1))))
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("10000 messages wait for earlier ones already");
    }

    @Test
    void whatIsRefusedIsAFailedPublishThatMayBeRepeated() throws Exception {
        resilience = Resilience.builder("broker").bulkhead(1).build();
        MessagePublisher full = new ResilientMessagePublisher(new ByHand(), resilience);
        assertThat(full.publish(new Placed("a", 1)).toCompletableFuture()).isNotDone();
        assertThat(failure(full.publish(new Placed("b", 1))))
                .isInstanceOfSatisfying(PublishFailedException.class, e -> {
                    assertThat(e.destination()).isEqualTo("broker");
                    assertThat(e.isRetryable()).isTrue();
                })
                .hasCauseInstanceOf(BulkheadFullException.class);

        resilience.circuitBreaker().orElseThrow().forceOpen();
        assertThat(failure(full.publish(new Placed("c", 1)))).hasCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void aClosedOneSaysSo() throws Exception {
        resilience.close();

        assertThat(failure(publisher().publish(new Placed("a", 1)))).isInstanceOf(BusClosedException.class);
    }
}
