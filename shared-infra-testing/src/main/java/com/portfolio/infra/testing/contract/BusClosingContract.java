package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.BusClosedException;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** MB.8: closing. */
public abstract class BusClosingContract extends MessageBusKit {

    @Test
    void mb8_closingWaitsForHandlersThatRunAndLeavesTheRest() {
        CountDownLatch gate = new CountDownLatch(1);
        Heard first = heard((message, context) -> {
            gate.await();
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        Subscription subscription = subscribe(bus, request().concurrency(1), first);
        publish(bus, "o-1", 1, 5);
        first.awaitCalls(1);

        CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> subscription.close(patience()));
        eventually().get("the state", () -> subscription.status().state(), State.CLOSED::equals);
        assertThat(closed).isNotDone();
        gate.countDown();

        assertThat(get(closed)).isTrue();
        assertThat(first.numbers()).containsExactly(1);
        Heard second = heard();
        subscribe(bus, request(), second);
        second.awaitDistinct(4);
        assertThat(second.numbers()).containsExactly(2, 3, 4, 5);
    }

    @Test
    void mb8_aHandlerThatOutlastsTheDeadlineIsInterruptedAndItsMessageLeft() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        Heard first = heard((message, context) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return HandlerResult.ack();
        });
        MessageBus bus = open("shop");
        Subscription subscription = subscribe(bus, request(), first);
        publish(bus, new Placed("o-1", 1));
        first.awaitCalls(1);

        assertThat(subscription.close(Duration.ZERO)).isFalse();

        eventually().get("the interrupts", interrupted::get, seen -> seen == 1);
        assertThat(first.calls().get(0).context().isCancelled()).isTrue();
        Heard second = heard();
        subscribe(bus, request(), second);
        second.awaitDistinct(1);
    }

    @Test
    void mb8_closingAndOpeningAgainUnderLoadLosesNothing() {
        MessageBus shop = open("shop");
        Heard heard = heard();
        int sent = 0;
        for (int round = 0; round < 3; round++) {
            MessageBus billing = open("billing");
            subscribe(billing, request(), heard);
            for (int key = 0; key < 10; key++) {
                publish(shop, "o-" + key, round * 1_000 + key * 20, round * 1_000 + key * 20 + 19);
                sent += 20;
            }
            billing.close();
        }
        subscribe(open("billing"), request(), heard);

        heard.awaitDistinct(sent);
        assertThat(heard.calls()).hasSize(sent);
    }

    @Test
    void mb8_manyMayCloseAtATime() {
        MessageBus bus = open("shop");
        Subscription subscription = subscribe(bus, request(), heard());
        publish(bus, "o-1", 1, 100);

        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closing.add(CompletableFuture.runAsync(subscription::close));
            closing.add(CompletableFuture.runAsync(bus::close));
        }

        closing.forEach(this::get);
        assertThat(subscription.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void mb8_noThreadOfAClosedBusStaysBehind() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        String service = "threads-" + Unique.category();
        MessageBus closing = open(service);
        subscribe(closing, request(group() + "-" + service), heard);
        publish(bus, "o-1", 1, 10);
        heard.awaitDistinct(10);

        closing.close();

        eventually()
                .pass(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains(service)));
    }

    @Test
    void mb8_aSubscriptionThatIsClosedBeforeItWasReadySaysSo() {
        MessageBus bus = open("shop");
        bus().stopBroker();
        Subscription subscription = bus.subscribe(request().build(), heard());

        subscription.close(Duration.ZERO);

        assertThat(subscription.ready().toCompletableFuture())
                .failsWithin(patience())
                .withThrowableThat()
                .withCauseInstanceOf(BusClosedException.class);
    }
}
