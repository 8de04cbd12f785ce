package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MessageDeliveryTest {

    @Test
    void handsOverWhatIsPublished() {
        try (InMemoryMessageBus bus = new InMemoryMessageBus("orders", OrderEvent.CODEC)) {
            List<OrderEvent> seen = new CopyOnWriteArrayList<>();
            bus.subscribe(Placed.class, seen::add);
            bus.publish(new Placed("order-1", 1)).toCompletableFuture().join();

            bus.broker().awaitIdle(Recorder.PATIENCE);

            assertThat(seen).containsExactly(new Placed("order-1", 1));
            assertThat(bus.published(OrderEvent.class)).hasSize(1);
        }
    }
}
