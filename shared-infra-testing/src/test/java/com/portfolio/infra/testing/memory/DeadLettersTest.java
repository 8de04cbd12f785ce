package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.headers;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.DeadLetterPage;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.OnUndecodable;
import com.portfolio.infra.ports.messaging.RedriveRequest;
import com.portfolio.infra.ports.messaging.RedriveResult;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeadLettersTest {

    private final TestClock clock = TestClock.at("2026-01-31T12:00:00Z");
    private final MessagingFixture fixture = new MessagingFixture(clock);
    private final MessageBus bus = fixture.bus();
    private final DeadLetterQueue queue = fixture.deadLetters();

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<DeadLetter> letters() {
        return queue.list(DeadLetterQuery.first(1_000)).letters();
    }

    private void reject(int messages) {
        Subscription subscription =
                bus.subscribe(request().build(), (message, context) -> HandlerResult.deadLetter("not wanted"));
        for (int i = 0; i < messages; i++) {
            publish(bus, new Placed("order-" + i, i));
        }
        fixture.awaitIdle();
        subscription.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void mb4_aLetterSaysWhereItCameFromHowOftenItWasTriedAndWhyItFailed() {
        bus.subscribe(request().build(), (message, context) -> {
            throw new IllegalStateException("on purpose");
        });
        Message<Placed> message =
                Message.builder(new Placed("order-1", 1)).header("x", "y").build();
        publish(bus, message);
        fixture.awaitIdle();

        DeadLetter letter = letters().get(0);

        assertThat(letters()).hasSize(1);
        assertThat(letter.group()).isEqualTo(MessagingFixture.GROUP);
        assertThat(letter.destination()).isEqualTo(InMemoryBroker.DESTINATION);
        assertThat(letter.position()).isEqualTo("1");
        assertThat(letter.messageId()).contains(message.id());
        assertThat(letter.type()).contains("orders.Placed");
        assertThat(letter.key()).contains("order-1");
        assertThat(letter.headers()).containsEntry("x", "y").containsEntry("ce_id", message.id());
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.failure().kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(letter.failure().message()).isEqualTo("on purpose");
        assertThat(letter.failure().exception()).contains("java.lang.IllegalStateException");
        assertThat(letter.failure().stackTrace().orElseThrow()).contains("DeadLettersTest");
        assertThat(letter.deadLetteredAt()).isEqualTo(clock.instant());
        assertThat(letter.redriveCount()).isZero();
    }

    @Test
    void aRejectedMessageIsNotTriedAgain() {
        reject(1);

        assertThat(letters()).hasSize(1);
        assertThat(letters().get(0).attempts()).isEqualTo(1);
        assertThat(letters().get(0).failure().kind()).isEqualTo(Kind.REJECTED);
        assertThat(letters().get(0).failure().message()).isEqualTo("not wanted");
    }

    @Test
    void mb5_whatCannotBeDecodedBecomesALetterWithItsExactBytesAndStopsNothing() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        Subscription subscription = bus.subscribe(request().build(), recorder);
        byte[] noJson = {(byte) 0xC3, 0x28, 0, (byte) 0xFF};

        fixture.broker().put(headers("1", "orders.Placed", "order-1"), noJson);
        fixture.broker().put(headers("2", "orders.Placed", "order-1"), bytes("{\"number\":\"no number\"}"));
        fixture.broker().put(Map.of("nothing", "of a CloudEvent"), bytes("{}"));
        fixture.broker().put(headers("4", "orders.Unknown", "order-1"), noJson);
        publish(bus, new Placed("order-1", 5));
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Placed("order-1", 5));
        assertThat(subscription.status().state()).isEqualTo(State.RUNNING);
        assertThat(letters()).hasSize(3).allSatisfy(letter -> {
            assertThat(letter.failure().kind()).isEqualTo(Kind.UNDECODABLE);
            assertThat(letter.attempts()).isZero();
        });
        assertThat(letters().stream().filter(letter -> letter.messageId().isEmpty()))
                .hasSize(1);
        assertThat(letters())
                .filteredOn(letter -> letter.messageId().equals(Optional.of("1")))
                .first()
                .satisfies(letter -> {
                    assertThat(letter.data()).isEqualTo(ByteBuffer.wrap(noJson));
                    assertThat(letter.data().isReadOnly()).isTrue();
                });
    }

    @Test
    void mb5_whatCannotBeDecodedIsIgnoredByChoice() {
        Recorder<OrderEvent> recorder = Recorder.acknowledging();
        bus.subscribe(request().onUndecodable(OnUndecodable.IGNORE).build(), recorder);

        fixture.broker().put(headers("1", "orders.Placed", "order-1"), bytes("{"));
        publish(bus, new Placed("order-1", 2));
        fixture.awaitIdle();

        assertThat(recorder.data()).containsExactly(new Placed("order-1", 2));
        assertThat(letters()).isEmpty();
    }

    @Test
    void mb6_lettersAreListedInPagesFromTheOldestOnWhateverIsAddedOrDroppedMeanwhile() {
        reject(25);
        DeadLetterPage first = queue.list(DeadLetterQuery.first(10));
        assertThat(queue.drop(first.letters().get(9).id())).isTrue();
        DeadLetterPage second = queue.list(first.next().orElseThrow());
        reject(1);
        DeadLetterPage third = queue.list(second.next().orElseThrow());

        assertThat(second.letters()).hasSize(10).doesNotContainAnyElementsOf(first.letters());
        assertThat(third.letters()).hasSize(6).doesNotContainAnyElementsOf(second.letters());
        assertThat(third.next()).isEmpty();
        assertThat(first.letters()).hasSize(10);
    }

    @Test
    void mb6_aLetterIsRedrivenToItsGroupAloneWithItsBytesAndAttemptsFromOne() {
        AtomicBoolean wellAgain = new AtomicBoolean();
        Recorder<OrderEvent> recorder = Recorder.thenHandle(event -> {
            if (!wellAgain.get()) {
                throw new IllegalStateException("ill");
            }
        });
        Recorder<OrderEvent> elsewhere = Recorder.acknowledging();
        bus.subscribe(request().build(), recorder);
        bus.subscribe(request().group("billing").build(), elsewhere);
        Message<Placed> message =
                Message.builder(new Placed("order-1", 1)).header("x", "y").build();
        publish(bus, message);
        fixture.awaitIdle();
        wellAgain.set(true);

        RedriveResult result = queue.redrive(RedriveRequest.oldest(10));
        fixture.awaitIdle();

        assertThat(result).isEqualTo(new RedriveResult(1, 0));
        assertThat(letters()).isEmpty();
        Recorder.Call<OrderEvent> last = recorder.calls().get(3);
        assertThat(last.attempt()).isEqualTo(1);
        assertThat(last.message().headers()).isEqualTo(message.headers());
        assertThat(last.message().id()).isEqualTo(message.id());
        assertThat(recorder.calls()).hasSize(4);
        assertThat(elsewhere.calls()).hasSize(1);
    }

    @Test
    void mb6_aLetterThatWasRedrivenTooOftenStays() {
        bus.subscribe(request().build(), (message, context) -> HandlerResult.deadLetter("never"));
        publish(bus, new Placed("order-1", 1));
        fixture.awaitIdle();

        for (int round = 1; round <= 2; round++) {
            assertThat(queue.redrive(RedriveRequest.oldest(10).maxRounds(2))).isEqualTo(new RedriveResult(1, 0));
            fixture.awaitIdle();
            assertThat(letters().get(0).redriveCount()).isEqualTo(round);
        }

        assertThat(queue.redrive(RedriveRequest.oldest(10).maxRounds(2))).isEqualTo(new RedriveResult(0, 1));
        assertThat(letters()).hasSize(1);
    }

    @Test
    void mb6_aCapDoesNotTakeThePlaceOfLettersBehindIt() {
        reject(2);
        queue.redrive(RedriveRequest.oldest(2));
        fixture.awaitIdle();
        reject(1);
        assertThat(letters()).extracting(DeadLetter::redriveCount).containsExactly(1, 1, 0);

        RedriveResult result = queue.redrive(RedriveRequest.oldest(1).maxRounds(1));

        assertThat(result).isEqualTo(new RedriveResult(1, 2));
    }

    @Test
    void mb6_lettersAreChosenByIdAndIdsThatAreNotThereArePassedOver() {
        reject(3);
        String second = letters().get(1).id();

        assertThat(queue.redrive(RedriveRequest.of(Set.of(second, "no such letter"))))
                .isEqualTo(new RedriveResult(1, 0));

        assertThat(letters()).hasSize(2).noneMatch(letter -> letter.id().equals(second));
    }

    @Test
    void mb6_lettersAreDroppedOneByOneOrAll() {
        reject(3);
        String first = letters().get(0).id();

        assertThat(queue.drop(first)).isTrue();
        assertThat(queue.drop(first)).isFalse();
        assertThat(queue.drop("no such letter")).isFalse();
        assertThat(letters()).hasSize(2);
        queue.dropAll();

        assertThat(letters()).isEmpty();
        assertThat(queue.redrive(RedriveRequest.oldest(10))).isEqualTo(new RedriveResult(0, 0));
    }

    @Test
    void aGroupThatNobodySubscribedToHasNoLetters() {
        DeadLetterQueue unknown = fixture.deadLetters("nobody");

        assertThat(unknown.list(DeadLetterQuery.first(10)).letters()).isEmpty();
        assertThat(unknown.group()).isEqualTo("nobody");
    }

    @Test
    void mb14_withoutTheBrokerEveryCallFailsAndDoesNothing() {
        reject(1);
        fixture.broker().lose();

        assertThatThrownBy(() -> queue.list(DeadLetterQuery.first(1))).isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(() -> queue.redrive(RedriveRequest.oldest(1)))
                .isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(() -> queue.drop("1")).isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(queue::dropAll).isInstanceOf(BrokerUnavailableException.class);
        fixture.broker().restore();

        assertThat(letters()).hasSize(1);
    }
}
