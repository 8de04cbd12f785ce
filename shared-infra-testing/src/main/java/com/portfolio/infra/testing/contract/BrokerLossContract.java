package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.Subscription;
import com.portfolio.infra.ports.messaging.SubscriptionStatus.State;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MB.14: loss of the broker. */
public abstract class BrokerLossContract extends MessageBusKit {

    @Test
    void mb14_aSubscriptionShowsLossAndReturnAndGoesOnByItself() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        Subscription subscription = subscribe(bus, request(), heard);
        publish(bus, "o-1", 1, 5);
        heard.awaitDistinct(5);

        bus().stopBroker();
        eventually().get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
        assertThat(subscription.status().reason().orElse("")).isNotBlank();
        bus().startBroker();

        eventually().get("the state", () -> subscription.status().state(), State.RUNNING::equals);
        publishUntilStored(bus, 6);
        heard.awaitDistinct(6);
    }

    @Test
    void mb14_aSubscriptionThatBeginsWithoutTheBrokerIsReadyWhenItIsBack() {
        MessageBus bus = open("shop");
        publish(bus, new Placed("o-1", 1));
        bus().stopBroker();
        Heard heard = heard();
        Subscription subscription = bus.subscribe(request().build(), heard);
        eventually().get("the state", () -> subscription.status().state(), State.DISRUPTED::equals);
        assertThat(subscription.ready()).isNotDone();

        bus().startBroker();

        awaitReady(subscription);
        heard.awaitDistinct(1);
    }

    @Test
    void mb14_nothingIsLostWhenTheBrokerIsRestartedAtAThirdAndAtHalfOfTheTraffic() {
        int messages = 600;
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(open("billing"), request(), heard);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(
                () -> IntStream.range(0, messages).forEach(number -> publishUntilStored(bus, number)));

        heard.awaitDistinct(messages / 3);
        restart();
        heard.awaitDistinct(messages / 2);
        restart();

        get(publishing);
        heard.awaitDistinct(messages);
        List<Integer> order = heard.firstByKey().get("o-1");
        assertThat(order).isEqualTo(IntStream.range(0, messages).boxed().toList());
    }

    private void restart() {
        bus().stopBroker();
        bus().startBroker();
    }

    /** As a publisher does that must lose nothing. */
    private void publishUntilStored(MessageBus bus, int number) {
        boolean stored = false;
        while (!stored) {
            stored = bus.publish(new Placed("o-1", number))
                    .toCompletableFuture()
                    .handle((receipt, failure) -> failure == null)
                    .join();
        }
    }
}
