package com.portfolio.infra.utilities.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** ES.11: older schema versions are upcast on reading. */
class UpcastingTest {

    record Opened(String owner, BigDecimal limit, String currency) implements DomainEvent {}

    private static final String NAME = "accounts.Opened";
    private static final EventTypes AT_3 = EventTypes.of(Opened.class, NAME).version(Opened.class, 3);

    private static final JsonUpcaster RENAME_OWNER = JsonUpcaster.of(NAME, 1, json -> {
        json.set("owner", json.remove("name"));
        return json;
    });
    private static final JsonUpcaster ADD_CURRENCY = JsonUpcaster.of(NAME, 2, json -> json.put("currency", "EUR"));

    private static JacksonEventCodec codec(JsonUpcaster... upcasters) {
        return JacksonEventCodec.builder(AT_3).upcasters(upcasters).build();
    }

    private static Object decode(JacksonEventCodec codec, int version, String json) {
        return codec.decode(new EncodedPayload(new EventType(NAME, version), json));
    }

    @Test
    void eachVersionIsTakenThroughTheStepsThatItLacks() {
        JacksonEventCodec codec = codec(ADD_CURRENCY, RENAME_OWNER);
        Opened expected = new Opened("ada", new BigDecimal("1.00"), "EUR");
        assertThat(decode(codec, 1, "{\"name\":\"ada\",\"limit\":1.00}")).isEqualTo(expected);
        assertThat(decode(codec, 2, "{\"owner\":\"ada\",\"limit\":1.00}")).isEqualTo(expected);
        assertThat(decode(codec, 3, "{\"owner\":\"ada\",\"limit\":1.00,\"currency\":\"EUR\"}"))
                .isEqualTo(expected);
    }

    @Test
    void theCurrentVersionIsWritten() {
        assertThat(codec(ADD_CURRENCY, RENAME_OWNER).encode(new Opened("ada", BigDecimal.ONE, "CHF")))
                .isEqualTo(new EncodedPayload(
                        new EventType(NAME, 3), "{\"owner\":\"ada\",\"limit\":1,\"currency\":\"CHF\"}"));
    }

    @Test
    void aStepMayLeaveThePayloadAsItIs() {
        assertThat(decode(codec(RENAME_OWNER, JsonUpcaster.unchanged(NAME, 2)), 2, "{\"currency\":\"USD\"}"))
                .hasFieldOrPropertyWithValue("currency", "USD");
    }

    @Test
    void aVersionFromTheFutureIsRefused() {
        assertThatThrownBy(() -> decode(codec(RENAME_OWNER, ADD_CURRENCY), 4, "{}"))
                .isInstanceOf(EventDecodingException.class)
                .hasMessage("Event type accounts.Opened v4 was written by a newer version of the service;"
                        + " this one knows accounts.Opened v3 and earlier");
    }

    @Test
    void aStepThatFailsIsNamedWithoutItsMessage() {
        JsonUpcaster failing = JsonUpcaster.of(NAME, 1, json -> {
            throw new IllegalStateException(json.toString());
        });
        assertThatThrownBy(() -> decode(codec(failing, ADD_CURRENCY), 1, "{\"secret\":1}"))
                .isInstanceOf(EventDecodingException.class)
                .hasMessageContaining("accounts.Opened v1 can't be read as v2 by the upcaster from v1 at $:"
                        + " java.lang.IllegalStateException was thrown")
                .hasStackTraceContaining("UpcastingTest")
                .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("secret"));
    }

    @Test
    void onlyAnObjectCanBeUpcast() {
        assertThatThrownBy(() -> decode(codec(RENAME_OWNER, ADD_CURRENCY), 1, "[1]"))
                .isInstanceOf(EventDecodingException.class)
                .hasMessageContaining("accounts.Opened v1 can't be read as a JSON object");
        assertThatThrownBy(() -> decode(codec(RENAME_OWNER, ADD_CURRENCY), 1, "{} {}"))
                .isInstanceOf(EventDecodingException.class);
        assertThatThrownBy(() -> decode(codec(RENAME_OWNER, ADD_CURRENCY), 1, ""))
                .isInstanceOf(EventDecodingException.class);
    }

    @Test
    void aMissingStepIsRefusedWhenTheCodecIsBuilt() {
        assertThatThrownBy(() -> codec(ADD_CURRENCY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accounts.Opened is at v3 and lacks an upcaster from v1");
        assertThatThrownBy(() -> JacksonEventCodec.of(AT_3))
                .hasMessageContaining("from v1")
                .hasMessageContaining("from v2");
    }

    @Test
    void stepsThatCannotBeMeantAreRefusedWhenTheCodecIsBuilt() {
        assertThatThrownBy(() -> codec(RENAME_OWNER, ADD_CURRENCY, RENAME_OWNER))
                .hasMessageContaining("accounts.Opened has two upcasters from v1");
        assertThatThrownBy(() -> codec(RENAME_OWNER, ADD_CURRENCY, JsonUpcaster.unchanged(NAME, 3)))
                .hasMessageContaining("accounts.Opened is at v3 but has an upcaster from v3");
        assertThatThrownBy(() -> codec(RENAME_OWNER, ADD_CURRENCY, JsonUpcaster.unchanged("accounts.Opend", 1)))
                .hasMessageContaining("accounts.Opend has an upcaster but is not a registered event type");
        assertThatThrownBy(() -> JsonUpcaster.unchanged(NAME, 0)).hasMessageContaining("not at 0");
    }
}
