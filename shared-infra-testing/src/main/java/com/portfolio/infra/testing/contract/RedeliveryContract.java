package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.OnExhausted;
import com.portfolio.infra.ports.messaging.OnUndecodable;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.contract.Heard.Call;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** MB.4 and MB.5: what becomes of messages that can't be handled. */
public abstract class RedeliveryContract extends MessageBusKit {

    private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0xfe, 10};

    private static HandlerResult fail() {
        throw new IllegalStateException("the account is locked");
    }

    @Test
    void mb4_aHandlerThatThrowsIsTriedAgainAndAttemptsAreCounted() {
        Heard heard = heard((message, context) -> context.attempt() < 3 ? fail() : HandlerResult.ack());
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);

        publish(bus, "o-1", 1, 2);

        heard.awaitCalls(6);
        assertThat(heard.calls()).extracting(Call::attempt).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(letters(group())).isEmpty();
    }

    @Test
    void mb4_otherKeysGoOnWhileOneWaitsForItsNextAttempt() {
        Heard heard = heard((message, context) -> message.data().number() == 1 && context.attempt() == 1
                ? HandlerResult.retry(Duration.ofHours(1))
                : HandlerResult.ack());
        MessageBus bus = open("shop");
        subscribe(bus, request().concurrency(1), heard);
        publish(bus, "o-1", 1, 2);

        for (int key = 2; key < 12; key++) {
            publish(bus, new Placed("o-" + key, 10 + key));
        }

        heard.awaitDistinct(11);
        assertThat(heard.of(2)).isEmpty();
    }

    @Test
    void mb4_afterTheLastAttemptTheGroupHasADeadLetterWithAllThatIsKnown() {
        Heard heard = heard((message, context) -> fail());
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);
        Message<Placed> message = Message.builder(new Placed("o-1", 7))
                .header("X-Trace", "€ 🙂")
                .extension("tenant", "t1")
                .build();

        publish(bus, message);

        DeadLetter letter = awaitLetters(group(), 1).get(0);
        assertThat(heard.calls()).hasSize(3);
        assertThat(letter.group()).isEqualTo(group());
        assertThat(letter.messageId()).contains(message.id());
        assertThat(letter.type()).contains(KitCodecs.PLACED);
        assertThat(letter.key()).contains("o-1");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.redriveCount()).isZero();
        assertThat(letter.destination()).isNotBlank();
        assertThat(letter.position()).isNotBlank();
        assertThat(letter.headers()).containsEntry("X-Trace", "€ 🙂").containsEntry("ce_tenant", "t1");
        assertThat(StandardCharsets.UTF_8.decode(letter.data()).toString())
                .isEqualTo(KitCodecs.messages().encode(message.data()).data());
        assertThat(letter.failure().kind()).isEqualTo(Kind.EXHAUSTED);
        assertThat(letter.failure().message()).isEqualTo("the account is locked");
        assertThat(letter.failure().exception()).contains(IllegalStateException.class.getName());
        assertThat(letter.failure().stackTrace().orElse("")).contains("RedeliveryContract");
    }

    @Test
    void mb4_whatIsKnownOfAFailureIsCutToFit() {
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard((message, context) -> {
            throw new IllegalStateException("x".repeat(2_000_000));
        }));

        publish(bus, new Placed("o-1", 1));

        assertThat(awaitLetters(group(), 1).get(0).failure().message()).startsWith("xxx");
    }

    @Test
    void mb4_severalFailingMessagesSideBySideAreAllDeadLetters() {
        Heard heard = heard((message, context) -> message.data().number() % 2 == 0 ? fail() : HandlerResult.ack());
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);
        for (int key = 0; key < 5; key++) {
            publish(bus, "o-" + key, key * 4, key * 4 + 3);
        }

        awaitLetters(group(), 10);
        heard.awaitDistinct(20);
        assertThat(heard.calls()).hasSize(10 + 3 * 10);
    }

    @Test
    void mb4_aHandlerCanRejectAMessageAtOnce() {
        Heard heard = heard((message, context) -> HandlerResult.deadLetter("unknown account"));
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);

        publish(bus, new Placed("o-1", 1));

        DeadLetter letter = awaitLetters(group(), 1).get(0);
        assertThat(letter.failure().kind()).isEqualTo(Kind.REJECTED);
        assertThat(letter.failure().message()).isEqualTo("unknown account");
        assertThat(heard.calls()).hasSize(1);
    }

    @Test
    void mb4_aSubscriptionCanStopInsteadAndLeaveTheMessage() {
        MessageBus bus = open("shop");
        Heard failing = heard((message, context) -> message.data().number() == 2 ? fail() : HandlerResult.ack());
        Subscription subscription = subscribe(bus, request().onExhausted(OnExhausted.STOP), failing);
        publish(bus, "o-1", 1, 3);

        eventually().get("the state", () -> subscription.status().state(), State.STOPPED::equals);
        assertThat(subscription.status().reason().orElse("")).contains("the account is locked");
        subscription.close();

        assertThat(letters(group())).isEmpty();
        Heard heard = heard();
        subscribe(open("shop"), request(), heard);
        heard.awaitDistinct(2);
        assertThat(heard.firstByKey().get("o-1")).endsWith(2, 3);
    }

    @Test
    void mb4_whatIsPostponedUsesUpNoAttempt() {
        AtomicInteger calls = new AtomicInteger();
        Heard heard = heard((message, context) ->
                calls.incrementAndGet() < 6 ? HandlerResult.postpone(Duration.ZERO) : HandlerResult.ack());
        MessageBus bus = open("shop");
        subscribe(bus, request(), heard);

        publish(bus, new Placed("o-1", 1));

        heard.awaitCalls(6);
        assertThat(heard.calls()).extracting(Call::attempt).containsOnly(1);
        assertThat(letters(group())).isEmpty();
    }

    @Test
    void mb4_aMessageStaysWhileDeadLettersCanNotBeStored() {
        MessageBus bus = open("shop");
        Heard heard = heard((message, context) -> message.data().number() == 1 ? fail() : HandlerResult.ack());
        Subscription subscription = subscribe(bus, request(), heard);
        Runnable mend = bus().breakDeadLetters(group());
        publish(bus, "o-1", 1, 2);
        publish(bus, "o-2", 3, 4);

        eventually().get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
        eventually().pass(() -> assertThat(heard.distinct()).contains(3, 4).doesNotContain(2));
        mend.run();

        awaitLetters(group(), 1);
        heard.awaitDistinct(4);
        eventually().get("the state", () -> subscription.status().state(), State.RUNNING::equals);
        assertThat(heard.of(1)).hasSize(3);
    }

    @Test
    void mb4_aMessageWhoseDeadLetterIsNotStoredIsNotAcknowledged() {
        MessageBus dies = open("shop");
        Subscription subscription = subscribe(dies, request(), heard((message, context) -> fail()));
        Runnable mend = bus().breakDeadLetters(group());
        publish(dies, new Placed("o-1", 1));
        eventually().get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
        bus().crash(dies);
        mend.run();
        Heard heard = heard();

        subscribe(open("shop"), request(), heard);

        heard.awaitDistinct(1);
    }

    @Test
    void mb5_whatCanNotBeDecodedIsADeadLetterAtOnceToTheByte() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request(), heard);
        bus().send(KitCodecs.PLACED, headers("m-1", KitCodecs.PLACED, "o-1"), NO_TEXT);
        publish(bus, new Placed("o-1", 2));

        DeadLetter letter = awaitLetters(group(), 1).get(0);
        heard.awaitDistinct(1);
        assertThat(letter.data()).isEqualTo(ByteBuffer.wrap(NO_TEXT));
        assertThat(letter.headers()).containsAllEntriesOf(headers("m-1", KitCodecs.PLACED, "o-1"));
        assertThat(letter.messageId()).contains("m-1");
        assertThat(letter.failure().kind()).isEqualTo(Kind.UNDECODABLE);
        assertThat(letter.attempts()).isZero();
    }

    @Test
    void mb5_aMessageWithoutHeadersIsADeadLetter() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request(), heard);
        bus().send(KitCodecs.PLACED, Map.of(), new byte[0]);
        publish(bus, new Placed("o-1", 2));

        DeadLetter letter = awaitLetters(group(), 1).get(0);
        heard.awaitDistinct(1);
        assertThat(letter.messageId()).isEmpty();
        assertThat(letter.data().remaining()).isZero();
    }

    @Test
    void mb5_whatCanNotBeDecodedCanBeIgnored() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request().onUndecodable(OnUndecodable.IGNORE), heard);
        bus().send(KitCodecs.PLACED, headers("m-1", KitCodecs.PLACED, "o-1"), NO_TEXT);
        publish(bus, new Placed("o-1", 2));

        heard.awaitDistinct(1);
        assertThat(heard.numbers()).containsExactly(2);
        assertThat(letters(group())).isEmpty();
    }

    @Test
    void mb5_typesThatTheGroupDidNotAskForAreIgnored() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request(), heard);
        bus().send(KitCodecs.PLACED, headers("m-1", "orders.Strange", "o-1"), json("o-1", 1));
        publish(bus, new Placed("o-1", 2));

        heard.awaitDistinct(1);
        assertThat(heard.numbers()).containsExactly(2);
        assertThat(letters(group())).isEmpty();
    }

    @Test
    void mb4_aHandlerThatDoesNotReturnInTimeIsInterruptedAndTriedAgain() {
        CountDownLatch never = new CountDownLatch(1);
        Heard heard = heard((message, context) -> {
            if (context.attempt() == 1) {
                never.await();
            }
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        subscribe(bus, request().handlerTimeout(Duration.ofMillis(200)), heard);

        publish(bus, new Placed("o-1", 1));

        List<Call> calls = heard.awaitCalls(2);
        assertThat(calls.get(0).context().isCancelled()).isTrue();
        assertThat(calls.get(1).attempt()).isEqualTo(2);
    }
}
