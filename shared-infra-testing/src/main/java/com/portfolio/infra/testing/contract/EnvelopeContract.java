package com.portfolio.infra.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.HandlerResult;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.MessageBus;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.testing.contract.Heard.Call;
import com.portfolio.infra.testing.contract.KitMessage.Noted;
import com.portfolio.infra.testing.contract.KitMessage.Placed;
import java.net.URI;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** MB.10: what crosses with a message. */
public abstract class EnvelopeContract extends MessageBusKit {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void mb10_theWholeEnvelopeCrossesUntouched() {
        Message<KitMessage> message = Message.<KitMessage>builder(new Noted("o-1", 1, "Ω 🙂 \u0000 \" \\ \n"))
                .id("id-€")
                .source(URI.create("https://elsewhere.example/orders?x=1"))
                .type(new EventType("orders.Noted", 1))
                .subject("order 1 €")
                .time(Instant.parse("2026-02-28T23:59:59.123456789Z"))
                .key("ключ 1")
                .dataSchema(URI.create("https://schemas.example/noted/1"))
                .extension("tenant", "acme 100%")
                .extension("longextensionname20c", "x")
                .correlation(Metadata.of(Metadata.CORRELATION_ID, "c-1").with(Metadata.CAUSATION_ID, "c-0"))
                .trace(TraceContext.parse(TRACE, "vendor=a,other=b").orElseThrow())
                .header("X-Any Name", "any\nvalue €")
                .header("empty", "")
                .build();
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request(), heard);

        publish(bus, message);

        Message<KitMessage> received = heard.awaitCalls(1).get(0).message();
        assertThat(received).isEqualTo(message);
    }

    @Test
    void mb10_aMessageHasASourceAndATypeThoughNoneWasSaid() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request(), heard);

        publish(bus, new Placed("o-1", 1));

        Message<KitMessage> received = heard.awaitCalls(1).get(0).message();
        assertThat(received.source().orElseThrow().toString()).contains("shop");
        assertThat(received.type()).contains(new EventType(KitCodecs.PLACED, 1));
        assertThat(received.key()).contains("o-1");
        assertThat(received.headers()).isEmpty();
        assertThat(received.extensions()).isEmpty();
    }

    @Test
    void mb10_whatAHandlerPublishesIsCausedByItsMessage() {
        MessageBus bus = open("shop");
        Queue<Metadata> seen = new ConcurrentLinkedQueue<>();
        Heard heard = heard((message, context) -> {
            seen.add(Correlation.current());
            return HandlerResult.ack();
        });
        subscribe(bus, request(), heard);
        Message<Placed> plain = Message.builder(new Placed("o-1", 1)).build();
        Message<Placed> correlated = Message.builder(new Placed("o-1", 2))
                .correlation(Metadata.of(Metadata.CORRELATION_ID, "c-1"))
                .build();

        publish(bus, plain);
        publish(bus, correlated);

        heard.awaitCalls(2);
        eventually().get("what was seen", seen::size, size -> size == 2);
        Metadata first = seen.remove();
        Metadata second = seen.remove();
        assertThat(first.correlationId()).contains(plain.id());
        assertThat(first.causationId()).contains(plain.id());
        assertThat(second.correlationId()).contains("c-1");
        assertThat(second.causationId()).contains(correlated.id());
    }

    @Test
    void mb10_whatAnotherClientSendsIsRead() {
        MessageBus bus = open("shop");
        Heard heard = heard();
        subscribe(bus, request(), heard);

        bus().send(KitCodecs.PLACED, headers("m-1", KitCodecs.PLACED, "o-1"), json("o-1", 1));

        Call call = heard.awaitCalls(1).get(0);
        assertThat(call.data()).isEqualTo(new Placed("o-1", 1));
        assertThat(call.message().id()).isEqualTo("m-1");
        assertThat(call.message().source()).contains(URI.create("/legacy"));
        assertThat(call.context().group()).isEqualTo(group());
        assertThat(call.context().destination()).isNotBlank();
        assertThat(call.context().position()).isNotBlank();
    }
}
