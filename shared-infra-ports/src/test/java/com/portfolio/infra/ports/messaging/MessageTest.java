package com.portfolio.infra.ports.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.IntegrationEvent;
import com.portfolio.infra.ports.event.Metadata;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    record Registered(String aggregateId, String email) implements IntegrationEvent {}

    @Test
    void aMessageOfAnEventHasANewIdTheTimeOfItsCreationAndTheAggregateIdAsItsKey() {
        Instant before = Instant.now();
        Message<Registered> message = Message.of(new Registered("user-1", "a@example.org"));

        assertThat(UUID.fromString(message.id()).version()).isEqualTo(7);
        assertThat(message.id())
                .isNotEqualTo(Message.of(new Registered("user-1", "a")).id());
        assertThat(message.time()).hasValueSatisfying(time -> assertThat(time).isBetween(before, Instant.now()));
        assertThat(message.key()).contains("user-1");
        assertThat(message.data().email()).isEqualTo("a@example.org");
    }

    @Test
    void aMessageLeavesSourceAndTypeToTheBusUnlessTheyAreSet() {
        Message<Registered> message = Message.of(new Registered("user-1", "a"));
        Message<Registered> complete = message.toBuilder()
                .source(URI.create("accounts"))
                .type(EventType.of("accounts.Registered"))
                .build();

        assertThat(message.source()).isEmpty();
        assertThat(message.type()).isEmpty();
        assertThat(complete.source()).contains(URI.create("accounts"));
        assertThat(complete.type()).contains(EventType.of("accounts.Registered"));
    }

    @Test
    void dataThatIsNoIntegrationEventHasNoKey() {
        assertThat(Message.builder("text").build().key()).isEmpty();
    }

    @Test
    void anEmptyAggregateIdIsRefusedNamingTheEvent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.of(new Registered("", "a")))
                .withMessageContaining(Registered.class.getName());
    }

    @Test
    void aMessageCarriesTheCorrelationOfTheThreadThatCreatedItAndNothingElseOfItsMetadata() {
        Metadata metadata = Metadata.of(Metadata.CORRELATION_ID, "request-1")
                .with(Metadata.CAUSATION_ID, "command-2")
                .with("user", "alice");
        Message<Registered> message;
        try (Correlation.Scope scope = Correlation.open(metadata)) {
            assertThat(scope).isNotNull();
            message = Message.of(new Registered("user-1", "a"));
        }

        assertThat(message.correlationId()).contains("request-1");
        assertThat(message.causationId()).contains("command-2");
        assertThat(message.correlation().entries()).containsOnlyKeys(Metadata.CORRELATION_ID, Metadata.CAUSATION_ID);
        assertThat(message.headers()).isEmpty();
    }

    @Test
    void outsideOfAScopeAMessageHasNoCorrelation() {
        assertThat(Message.of(new Registered("user-1", "a")).correlation().isEmpty())
                .isTrue();
    }

    @Test
    void aCorrelationThatIsSetReplacesThatOfTheThread() {
        try (Correlation.Scope scope = Correlation.open("request-1")) {
            assertThat(scope).isNotNull();
            Message<String> message = Message.builder("text")
                    .correlation(Metadata.of(Metadata.CAUSATION_ID, "event-3"))
                    .build();

            assertThat(message.correlationId()).isEmpty();
            assertThat(message.causationId()).contains("event-3");
        }
    }

    @Test
    void aReceivedMessageHasNothingThatDidNotComeWithIt() {
        try (Correlation.Scope scope = Correlation.open("request-1")) {
            assertThat(scope).isNotNull();
            Message<Registered> message = Message.received(
                            "id-1", URI.create("/billing"), EventType.of("Paid"), new Registered("user-1", "a"))
                    .build();

            assertThat(message.id()).isEqualTo("id-1");
            assertThat(message.source()).contains(URI.create("/billing"));
            assertThat(message.type()).contains(EventType.of("Paid"));
            assertThat(message.time()).isEmpty();
            assertThat(message.key()).isEmpty();
            assertThat(message.correlation().isEmpty()).isTrue();
        }
    }

    @Test
    void aBuilderOfAMessageHasEverythingOfIt() {
        Message<String> message = Message.received("id-1", URI.create("/a"), new EventType("Paid", 3), "text")
                .subject("invoice 7")
                .time(Instant.parse("2026-01-02T03:04:05.123456789Z"))
                .key("user-1")
                .dataSchema(URI.create("https://example.org/schemas/1"))
                .extension("sequence", "17")
                .correlation(Metadata.of(Metadata.CORRELATION_ID, "request-1"))
                .trace(TraceContext.parse(TRACEPARENT, null).orElseThrow())
                .header("X-Tenant ä", "line\nbreak")
                .build();

        assertThat(message.toBuilder().build()).isEqualTo(message);
        assertThat(message.headers()).containsEntry("X-Tenant ä", "line\nbreak");
        assertThat(message.extensions()).containsEntry("sequence", "17");
    }

    @Test
    void changingABuilderDoesNotChangeTheMessageThatItBuilt() {
        Message.Builder<String> builder =
                Message.builder("text").extension("a", "1").header("b", "2");
        Message<String> message = builder.build();
        builder.extension("a", "3").header("b", "4").extension("c", "5");

        assertThat(message.extensions()).hasSize(1).containsEntry("a", "1");
        assertThat(message.headers()).hasSize(1).containsEntry("b", "2");
        assertThatThrownBy(() -> message.headers().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "comexampletenant", "areallylongnamewithmorethantwentycharacters"})
    void anExtensionMayBeNamedByLowerCaseLettersAndDigits(String name) {
        assertThat(Message.builder("text").extension(name, "x").build().extensions())
                .containsEntry(name, "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tenant", "tenant_id", "tenant-id", "tenant.id", "ä", "a b", "a\n"})
    void anExtensionMayNotBeNamedByAnythingElse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").extension(name, "x"))
                .withMessageContaining("'" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "source",
                "specversion",
                "type",
                "datacontenttype",
                "dataschema",
                "subject",
                "time",
                "data",
                "partitionkey",
                "schemaversion",
                "correlationid",
                "causationid",
                "traceparent",
                "tracestate"
            })
    void anExtensionMayNotTakeTheNameOfAnAttributeThatHasAPlaceOfItsOwn(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").extension(name, "x"))
                .withMessageContaining("'" + name + "' is not free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "CE_ID", "ce-id", "Content-Type", "traceparent", "TraceState"})
    void aHeaderMayNotTakeANameOfCloudEventsOrTraceContext(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").header(name, "x"))
                .withMessageContaining("'" + name + "' is not free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"correlationId", "ce", "X Tenant", "id", "content-length", "ä:\n"})
    void aHeaderMayHaveAnyOtherName(String name) {
        assertThat(Message.builder("text").header(name, "x").build().headers()).containsEntry(name, "x");
    }

    @Test
    void aHeaderHasANameAndWellFormedText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").header("", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").header("tenant", "\uD800"))
                .withMessageContaining("'tenant'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\n", "\u007F", "\u0085", "\uFDD0", "\uFFFF", "\uD83F\uDFFE", "\uD800"})
    void textsThatCloudEventsDoesNotAllowAreRefused(String text) {
        Message.Builder<String> builder = Message.builder("text");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.extension("tenant", text));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").id(text).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").key(text).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").subject(text).build());
        assertThatIllegalArgumentException().isThrownBy(() -> {
            EventType type = EventType.of("t" + text);
            Message.builder("text").type(type).build();
        });
    }

    @Test
    void allOtherTextIsAllowed() {
        String text = "Grüße \uD83D\uDE00 \u00A0\uFFFD";

        assertThat(Message.builder("text")
                        .id(text)
                        .extension("tenant", text)
                        .build()
                        .id())
                .isEqualTo(text);
    }

    @Test
    void idKeySubjectSourceAndCorrelationAreNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").id("").build())
                .withMessageContaining("id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").key("").build())
                .withMessageContaining("key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").subject("").build())
                .withMessageContaining("subject");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text").source(URI.create("")).build())
                .withMessageContaining("source");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text")
                        .correlation(Metadata.of(Metadata.CAUSATION_ID, ""))
                        .build())
                .withMessageContaining("causation id");
    }

    @Test
    void aDataSchemaIsAbsolute() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text")
                        .dataSchema(URI.create("schemas/1"))
                        .build())
                .withMessageContaining("schemas/1");
    }

    @Test
    void aTimeLiesInAYearOfFourDigits() {
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");

        assertThat(Message.builder("text").time(last).build().time()).contains(last);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Message.builder("text").time(last.plusNanos(1)).build())
                .withMessageContaining("RFC 3339");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Message.builder("text")
                        .time(Instant.parse("0000-01-01T00:00:00Z").minusNanos(1))
                        .build());
    }

    @Test
    void theTextOfAMessageHasNeitherItsDataNorItsHeaders() {
        Message<Registered> message = Message.builder(new Registered("user-1", "a@example.org"))
                .id("id-1")
                .header("authorization", "secret")
                .build();

        assertThat(message.toString())
                .contains("id-1", "user-1", Registered.class.getName())
                .doesNotContain("a@example.org")
                .doesNotContain("secret");
    }
}
