package com.portfolio.infra.testing.memory;

import static com.portfolio.infra.testing.memory.MessagingFixture.eventually;
import static com.portfolio.infra.testing.memory.MessagingFixture.publish;
import static com.portfolio.infra.testing.memory.MessagingFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.testing.memory.OrderEvent.Placed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HandlerErrorTest {

    private final MessagingFixture fixture = new MessagingFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static EventCodec overflowing(EventCodec right) {
        return (EventCodec) Proxy.newProxyInstance(
                EventCodec.class.getClassLoader(), new Class<?>[] {EventCodec.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("decode")) {
                        throw new StackOverflowError("nested too deeply");
                    }
                    try {
                        return method.invoke(right, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void anErrorOfTheCodecDoesNotHoldTheMessageForEver() {
        publish(fixture.bus(), new Placed("order-1", 1));
        try (InMemoryMessageBus bus =
                new InMemoryMessageBus(fixture.broker(), "shipping", overflowing(OrderEvent.CODEC))) {
            bus.subscribe(request().redelivery(MessagingFixture.AT_ONCE).build(), Recorder.thenHandle(event -> {}));

            eventually()
                    .pass(() -> assertThat(fixture.deadLetters()
                                    .list(DeadLetterQuery.first(10))
                                    .letters())
                            .hasSize(1));
        }
    }
}
