package com.portfolio.infra.utilities.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.ports.event.Metadata;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.TraceContext;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWireTest {

    record Paid(String account, BigDecimal amount) implements IntegrationEvent {
        @Override
        public String aggregateId() {
            return account;
        }
    }

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventTypes types = EventTypes.of(Paid.class, "billing.Paid");
    private final MessageWire wire = new MessageWire(JacksonEventCodec.of(types), URI.create("urn:service:billing"));

    @Test
    void everythingThatAMessageHasCrosses() {
        Message<Paid> message = Message.builder(new Paid("a-1", new BigDecimal("1.10")))
                .id("m-1")
                .source(URI.create("urn:elsewhere"))
                .type(new EventType("billing.Paid", 1))
                .subject("invoice 7")
                .time(Instant.parse("2026-01-02T03:04:05.123456789Z"))
                .key("ключ")
                .dataSchema(URI.create("https://schemas.example/paid"))
                .extension("tenant", "t%20 1")
                .correlation(Metadata.of(Metadata.CORRELATION_ID, "c-1").with(Metadata.CAUSATION_ID, "c-0"))
                .trace(TraceContext.parse(TRACE, "vendor=1").orElseThrow())
                .header("X-Any name", "🙂 \n")
                .build();

        assertThat(wire.decode(wire.encode(message), Paid.class)).isEqualTo(message);
    }

    @Test
    void aMessageWithoutASourceGetsThatOfTheWireAndTheTypeOfItsData() {
        Message<Paid> received = wire.decode(wire.encode(Message.of(new Paid("a-1", BigDecimal.ONE))), Paid.class);

        assertThat(received.source()).contains(URI.create("urn:service:billing"));
        assertThat(received.type()).contains(new EventType("billing.Paid", 1));
        assertThat(received.key()).contains("a-1");
    }

    @Test
    void anEventInOneDocumentIsRead() {
        Message<Paid> received = wire.decode(structured("""
                        {"specversion": "1.0", "id": "m-1", "source": "urn:plain", "type": "billing.Paid",
                         "datacontenttype": "application/json", "partitionkey": "a-1", "attempt": 3, "urgent": true,
                         "subject": null, "time": "2026-01-02T03:04:05+01:00",
                         "data": {"account": "a-1", "amount": 1.10}}"""), Paid.class);

        assertThat(received.data()).isEqualTo(new Paid("a-1", new BigDecimal("1.10")));
        assertThat(received.id()).isEqualTo("m-1");
        assertThat(received.key()).contains("a-1");
        assertThat(received.subject()).isEmpty();
        assertThat(received.time()).contains(Instant.parse("2026-01-02T02:04:05Z"));
        assertThat(received.extensions()).isEqualTo(Map.of("attempt", "3", "urgent", "true"));
    }

    @Test
    void dataThatIsWrittenAsBytesInOneDocumentIsRead() {
        Message<Paid> received = wire.decode(structured("""
                        {"specversion": "1.0", "id": "m-1", "source": "urn:plain", "type": "billing.Paid",
                         "data_base64": "eyJhY2NvdW50IjoiYS0xIiwiYW1vdW50IjoxfQ=="}"""), Paid.class);

        assertThat(received.data()).isEqualTo(new Paid("a-1", BigDecimal.ONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{\"specversion\": \"1.0\", \"id\": \"m-1\", \"source\": \"urn:plain\", \"type\": \"billing.Paid\"}",
                "{\"specversion\": \"1.0\", \"id\": \"m-1\", \"source\": \"urn:plain\", \"type\": \"billing.Paid\","
                        + " \"data_base64\": \"?\"}",
                "{\"specversion\": \"0.3\", \"id\": \"m-1\", \"source\": \"urn:plain\", \"type\": \"billing.Paid\","
                        + " \"data\": {\"account\": \"a-1\", \"amount\": 1}}",
            })
    void aDocumentThatIsNoEventIsAnError(String document) {
        assertThatThrownBy(() -> wire.decode(structured(document), Paid.class))
                .isInstanceOf(EventDecodingException.class);
    }

    @Test
    void formatsThatCanNotBeReadAreNamed() {
        WireMessage batch = WireMessage.of(
                Map.of("content-type", "application/cloudevents-batch+json"), "[]".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> wire.decode(batch, Paid.class))
                .isInstanceOf(EventDecodingException.class)
                .hasMessageContaining("application/cloudevents-batch+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type"})
    void anAttributeThatIsMissingIsNamed(String header) {
        WireMessage whole = wire.encode(Message.of(new Paid("a-1", BigDecimal.ONE)));
        Map<String, String> headers = new LinkedHashMap<>(whole.headers());
        headers.remove(header);

        assertThatThrownBy(() -> wire.decode(new WireMessage(headers, whole.data()), Paid.class))
                .isInstanceOf(EventDecodingException.class)
                .hasMessageContaining("it has no " + header.substring(3));
    }

    private static WireMessage structured(String document) {
        return WireMessage.of(
                Map.of("content-type", "Application/CloudEvents+json; charset=UTF-8"),
                document.getBytes(StandardCharsets.UTF_8));
    }
}
