package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** MB.7: whose a message is while its handler runs, and when its process dies or freezes. */
public abstract class LeaseContract extends MessageBusKit {

    @Test
    void mb7_aSlowHandlerKeepsItsMessageThoughOthersAreFree() {
        CountDownLatch gate = new CountDownLatch(1);
        Heard slow = heard((message, context) -> {
            if (message.data().number() == 1) {
                gate.await();
            }
            return HandlerResult.ack();
        });
        MessageBus shop = open("shop");
        subscribe(open("billing"), request(), slow);
        publish(shop, new Placed("o-1", 1));
        slow.awaitCalls(1);
        Heard free = heard();
        Subscription subscription = open("billing").subscribe(request().build(), free);
        for (int key = 2; key < 40; key++) {
            publish(shop, new Placed("o-" + key, key));
        }

        try {
            eventually()
                    .pass(() -> assertThat(
                                    slow.distinct().size() + free.distinct().size())
                            .isGreaterThan(8));
            assertThat(free.of(1)).isEmpty();
        } finally {
            gate.countDown();
        }
        awaitReady(subscription);
        eventually()
                .pass(() -> assertThat(slow.distinct().size() + free.distinct().size())
                        .isEqualTo(39));
        assertThat(slow.of(1)).hasSize(1);
        assertThat(free.of(1)).isEmpty();
    }

    @Test
    void mb7_whatAMemberHeldThatDiedGoesToAnother() {
        CountDownLatch never = new CountDownLatch(1);
        Heard dies = heard((message, context) -> {
            never.await();
            return HandlerResult.ack();
        });
        MessageBus dying = open("billing");
        subscribe(dying, request(), dies);
        MessageBus shop = open("shop");
        publish(shop, "o-1", 1, 3);
        dies.awaitCalls(1);
        Heard heir = heard();

        bus().crash(dying);
        subscribe(open("billing"), request(), heir);

        heir.awaitDistinct(3);
        assertThat(heir.firstByKey().get("o-1")).containsExactly(1, 2, 3);
    }

    @Test
    void mb7_aLateAcknowledgementOfAMemberThatLostItsMessagesIsWithoutEffect() {
        CountDownLatch wake = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Heard freezes = heard((message, context) -> {
            awaitUninterrupted(wake);
            return HandlerResult.ack();
        });
        Heard second = heard((message, context) -> {
            never.await();
            return HandlerResult.ack();
        });
        MessageBus frozen = open("billing");
        MessageBus other = open("billing");
        MessageBus shop = open("shop");
        subscribe(frozen, request().concurrency(1), freezes);
        publish(shop, new Placed("o-1", 1));
        freezes.awaitCalls(1);
        subscribe(other, request().concurrency(1), second);

        bus().takeAway(frozen, group());
        second.awaitCalls(1);
        eventually()
                .pass(() -> assertThat(freezes.calls().get(0).context().isCancelled())
                        .isTrue());
        wake.countDown();
        frozen.close();
        bus().crash(other);

        Heard third = heard();
        subscribe(open("billing"), request(), third);
        third.awaitDistinct(1);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
