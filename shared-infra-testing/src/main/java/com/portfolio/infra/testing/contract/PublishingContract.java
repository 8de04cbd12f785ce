package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.DestinationMissingException;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.MessageTooLargeException;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.testing.contract.KitMessage.Noted;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MB.1, MB.13 and the publisher's part of MB.14: what becomes of a message that is published. */
public abstract class PublishingContract extends MessageBusKit {

    @Test
    void mb1_theReceiptNamesTheMessageAndWhereItIs() {
        MessageBus bus = open("shop");
        Message<Placed> message = Message.of(new Placed("o-1", 1));

        PublishReceipt receipt = publish(bus, message);

        assertThat(receipt.messageId()).isEqualTo(message.id());
        assertThat(receipt.destination()).isNotBlank();
    }

    @Test
    void mb1_whatWasAcknowledgedIsHandledThoughThePublisherDies() {
        MessageBus publisher = open("shop");
        publish(publisher, "o-1", 1, 10);
        bus().crash(publisher);
        Heard heard = heard();

        subscribe(open("billing"), request(), heard);

        heard.awaitDistinct(10);
    }

    @Test
    void mb1_messagesOfOneThreadAreStoredInTheirOrderWithoutWaitingForEach() {
        MessageBus bus = open("shop");
        publish(bus, "o-1", 1, 200);
        Heard heard = heard();

        subscribe(bus, request(), heard);

        heard.awaitDistinct(200);
        assertThat(heard.firstByKey().get("o-1"))
                .isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void mb1_aClosedBusRefusesToPublish() {
        MessageBus bus = open("shop");
        bus.close();

        Throwable failure = failureOf(bus.publish(new Placed("o-1", 1)));

        assertThat(failure).isInstanceOf(BusClosedException.class);
    }

    @Test
    void mb1_aMessageThatIsTooLargeIsRefusedWithItsSizeAndTheLimit() {
        MessageBus bus = open("shop");
        int bytes = bus().tooManyBytes().orElse(4_000_000);
        Message<Noted> message = Message.of(new Noted("o-1", 1, "x".repeat(bytes)));

        if (bus().tooManyBytes().isPresent()) {
            MessageTooLargeException failure =
                    catchThrowableOfType(MessageTooLargeException.class, () -> rethrow(bus.publish(message)));
            assertThat(failure.messageId()).isEqualTo(message.id());
            assertThat(failure.size()).isGreaterThanOrEqualTo(bytes);
            assertThat(failure.limit()).isBetween(1L, (long) bytes);
        } else {
            assertThat(publish(bus, message).messageId()).isEqualTo(message.id());
        }
    }

    @Test
    void mb1_aMessageAfterOneThatWasRefusedIsStored() {
        MessageBus bus = open("shop");
        int bytes = bus().tooManyBytes().orElse(4_000_000);
        List<CompletionStage<PublishReceipt>> published = List.of(
                bus.publish(new Noted("o-1", 1, "first")),
                bus.publish(new Noted("o-1", 2, "x".repeat(bytes))),
                bus.publish(new Noted("o-1", 3, "third")));
        published.forEach(each ->
                each.toCompletableFuture().handle((receipt, failure) -> receipt).join());
        Heard heard = heard();

        subscribe(bus, request(), heard);

        eventually().pass(() -> assertThat(heard.distinct()).contains(1, 3));
    }

    @Test
    void mb13_aDestinationThatIsMissingIsNamedAndNotMade() {
        MessageBus bus = bus().openWithoutDestinations("shop").orElse(null);
        if (bus == null) {
            assertThat(publish(open("shop"), new Placed("o-1", 1)).destination())
                    .isNotBlank();
            return;
        }
        DestinationMissingException first = catchThrowableOfType(
                DestinationMissingException.class, () -> rethrow(bus.publish(new Placed("o-1", 1))));
        DestinationMissingException again = catchThrowableOfType(
                DestinationMissingException.class, () -> rethrow(bus.publish(new Placed("o-1", 1))));

        assertThat(first.destination()).isNotBlank();
        assertThat(first).hasMessageContaining(first.destination());
        assertThat(again.destination()).isEqualTo(first.destination());
    }

    @Test
    void mb13_aDestinationThatIsMissingEndsASubscription() {
        MessageBus bus = bus().openWithoutDestinations("shop").orElse(null);
        if (bus == null) {
            subscribe(open("shop"), request(), heard());
            return;
        }
        CompletionStage<?> ready = bus.subscribe(request().build(), heard()).ready();

        assertThat(failureOf(ready)).isInstanceOf(DestinationMissingException.class);
    }

    @Test
    void mb14_publishingWithoutTheBrokerFailsInTimeAndNamesMessageAndDestination() {
        MessageBus bus = open("shop");
        publish(bus, new Placed("o-1", 1));
        bus().stopBroker();
        Message<Placed> message = Message.of(new Placed("o-1", 2));

        PublishFailedException failure =
                catchThrowableOfType(PublishFailedException.class, () -> rethrow(bus.publish(message)));

        assertThat(failure.messageId()).isEqualTo(message.id());
        assertThat(failure.destination()).isNotBlank();
        assertThat(failure).hasMessageContaining(message.id()).hasMessageContaining(failure.destination());
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void mb14_publishingGoesOnWhenTheBrokerIsBack() {
        MessageBus bus = open("shop");
        publish(bus, new Placed("o-1", 1));
        bus().stopBroker();
        assertThat(failureOf(bus.publish(new Placed("o-1", 2)))).isInstanceOf(PublishFailedException.class);

        bus().startBroker();

        eventually()
                .pass(() -> assertThat(bus.publish(new Placed("o-1", 3))
                                .toCompletableFuture()
                                .handle((receipt, failure) -> failure)
                                .join())
                        .isNull());
    }

    private Throwable failureOf(CompletionStage<?> stage) {
        return catchThrowableOfType(Throwable.class, () -> rethrow(stage));
    }

    private void rethrow(CompletionStage<?> stage) throws Throwable {
        long limit = bus().publishTimeout().plus(patience()).toMillis();
        try {
            stage.toCompletableFuture().get(limit, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
