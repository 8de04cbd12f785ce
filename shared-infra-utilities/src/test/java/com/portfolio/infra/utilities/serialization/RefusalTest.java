package com.portfolio.infra.utilities.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import com.portfolio.infra.ports.event.EventDecodingException;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.event.EventType;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.utilities.secrets.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ES.12: what can't be written or read is named, and its values are not. */
class RefusalTest {

    private static final String SECRET = "swordfish";
    private static final String LONE = SECRET + "\ud83d";

    record Line(@Nullable String note, Map<String, Object> extra) {}

    record Cart(List<Line> lines, @Nullable JsonNode node, Optional<String> hint) implements DomainEvent {}

    record Order(
            String id, int count, BigDecimal amount, Instant at, Colour colour, Map<String, Integer> stock, Kind kind)
            implements DomainEvent {}

    enum Colour {
        RED
    }

    sealed interface Kind permits Small {}

    record Small() implements Kind {}

    record Positive(int value) implements DomainEvent {
        Positive {
            if (value < 0) {
                throw new IllegalArgumentException(SECRET + value);
            }
        }
    }

    static final class Opaque {
        @Override
        public String toString() {
            return SECRET;
        }
    }

    record HoldsOpaque(List<Opaque> opaque) implements DomainEvent {}

    static final class Throwing implements DomainEvent {
        private final String name = SECRET;

        public String getName() {
            return Integer.toString(Integer.parseInt(name));
        }
    }

    static final class Node implements DomainEvent {
        public final List<Object> next = new ArrayList<>();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    record A(String text) implements ByClass {}

    record HoldsByClass(ByClass field) implements DomainEvent {}

    record ByClassInField(
            @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
            Object field) implements DomainEvent {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes(@JsonSubTypes.Type(ByX.class))
    interface ByFields {}

    record ByX(int x) implements ByFields {}

    record HoldsByFields(ByFields field) implements DomainEvent {}

    record Anything(@Nullable Object any, List<@Nullable Object> list) implements DomainEvent {}

    record Login(String user, List<Secret> passwords) implements DomainEvent {}

    private static final JacksonEventCodec CODEC = FidelityTest.codec(
            Cart.class, Order.class, Positive.class, HoldsOpaque.class, Throwing.class, Node.class, Anything.class);

    private static Throwable encoding(Object payload) {
        Throwable thrown = catchThrowable(() -> CODEC.encode(payload));
        assertThat(thrown)
                .isInstanceOf(EventEncodingException.class)
                .hasMessageContaining(payload.getClass().getName());
        holdsNoValue(thrown);
        return thrown;
    }

    private static Throwable decoding(Class<?> type, String json) {
        EventType name = EventType.of("test." + type.getSimpleName());
        Throwable thrown = catchThrowable(() -> CODEC.decode(new EncodedPayload(name, json)));
        assertThat(thrown).isInstanceOf(EventDecodingException.class).hasMessageContaining(name.toString());
        holdsNoValue(thrown);
        return thrown;
    }

    private static void holdsNoValue(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET);
    }

    private static Cart cart(@Nullable String note, Map<String, Object> extra, @Nullable JsonNode node) {
        return new Cart(List.of(new Line("fine 😀", Map.of()), new Line(note, extra)), node, Optional.empty());
    }

    @Test
    void aLoneSurrogateIsRefusedNamingTheField() {
        assertThat(encoding(cart(LONE, Map.of(), null))).hasMessageContaining("at $.lines[1].note: the text is not");
        assertThat(encoding(new Cart(List.of(), null, Optional.of("\ude00x")))).hasMessageContaining("at $.hint:");
    }

    @Test
    void aLoneSurrogateInAMapIsRefusedWithoutItsKey() {
        assertThat(encoding(cart("", Map.of(SECRET, List.of(1, LONE)), null)))
                .hasMessageContaining("at $.lines[1].extra.*[1]:");
        assertThat(encoding(cart("", Map.of(LONE, 1), null))).hasMessageContaining("at $.lines[1].extra");
    }

    @Test
    void aLoneSurrogateInAJsonNodeIsRefused() {
        assertThat(encoding(
                        cart("", Map.of(), JsonNodeFactory.instance.objectNode().put(SECRET, LONE))))
                .hasMessageContaining("at $.node:");
        assertThat(encoding(
                        cart("", Map.of(), JsonNodeFactory.instance.objectNode().put(LONE, 1))))
                .hasMessageContaining("at $.node:");
    }

    @Test
    void anUnregisteredClassIsRefused() {
        assertThat(encoding(new Small())).hasMessageContaining("is not a registered event type");
    }

    @Test
    void aFieldWhoseClassHasNothingToWriteIsRefused() {
        assertThat(encoding(new HoldsOpaque(List.of(new Opaque()))))
                .hasMessageContaining("at $.opaque[0]: nothing says how to write " + Opaque.class.getName());
    }

    @Test
    void aGetterThatThrowsIsNamedAndItsMessageLeftOut() {
        assertThat(encoding(new Throwing()))
                .hasMessageContaining("at $.name: java.lang.NumberFormatException was thrown")
                .hasRootCauseMessage(NumberFormatException.class.getName() + " (message left out)")
                .hasStackTraceContaining("Throwing.getName");
    }

    @Test
    void anObjectThatHoldsItselfIsRefused() {
        Node node = new Node();
        node.next.add(node);
        assertThat(encoding(node)).hasMessageContaining(".next[0].next[0]").hasMessageContaining("or holds itself");
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThat(encoding(new Anything(list, List.of()))).hasMessageContaining("at $.any[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':['swordfish']} | at $.id: the JSON does not fit java.lang.String",
                "{'count':'swordfish'} | at $.count: the JSON does not fit int",
                "{'count':1.5} | at $.count: the JSON does not fit int",
                "{'count':null} | at $.count: the JSON does not fit int",
                "{'count':99999999999} | at $.count: ",
                "{'amount':'swordfish'} | at $.amount: the JSON does not fit java.math.BigDecimal",
                "{'at':'swordfish'} | at $.at: ",
                "{'colour':'swordfish'} | at $.colour: the JSON does not fit",
                "{'colour':0} | at $.colour: the JSON does not fit",
                "{'stock':{'swordfish':'swordfish'}} | at $.stock.*: the JSON does not fit java.lang.Integer",
                "{'id':'swordfish | at $.id: the text is not JSON",
                "swordfish | at $: the text is not JSON",
                "[] | at $: ",
                "null | at $: the JSON is null",
                "{'kind':{}} | at $.kind: nothing says how to make com.portfolio.infra.utilities.serialization.RefusalTest$Kind",
            })
    void whatDoesNotFitIsNamedByTypeAndPath(String json, String expected) {
        assertThat(decoding(Order.class, json.replace('\'', '"'))).hasMessageContaining(expected);
    }

    @Test
    void emptyTextIsNotAnEvent() {
        assertThat(decoding(Order.class, "")).hasMessageContaining("at $: ");
    }

    @Test
    void aPrimitiveThatIsMissingIsAnErrorAndNotZero() {
        assertThat(decoding(Positive.class, "{}")).hasMessageContaining("at $.value: ");
    }

    @Test
    void nothingMayFollowTheJson() {
        assertThat(decoding(Positive.class, "{\"value\":1} {\"swordfish\":1}")).hasMessageContaining("at $: ");
    }

    @Test
    void aConstructorThatRefusesIsNamedAndItsMessageLeftOut() {
        assertThat(decoding(Positive.class, "{\"value\":-1}"))
                .hasMessageContaining("java.lang.IllegalArgumentException was thrown by the constructor of")
                .hasStackTraceContaining("Positive.<init>");
    }

    @Test
    void fieldsOfANewerServiceAreIgnored() {
        assertThat(CODEC.decode(new EncodedPayload(
                        EventType.of("test.Positive"), "{\"value\":1,\"added\":{\"later\":[true]}}")))
                .isEqualTo(new Positive(1));
    }

    @Test
    void anUnknownTypeIsNamed() {
        assertThat(decoding(Small.class, "{\"x\":\"swordfish\"}")).hasMessageContaining("is not known to this service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"java.util.ArrayList\",[]]",
                "{\"@class\":\"com.portfolio.infra.utilities.serialization.Gadget\"}",
                "[\"com.portfolio.infra.utilities.serialization.Gadget\",{}]",
                "{\"@type\":\"com.portfolio.infra.utilities.serialization.Gadget\"}"
            })
    void theTextCannotChooseAClass(String hostile) {
        Anything anything = (Anything) CODEC.decode(new EncodedPayload(
                EventType.of("test.Anything"), "{\"any\":" + hostile + ",\"list\":[" + hostile + "]}"));
        assertThat(anything.any()).isInstanceOfAny(Map.class, List.class);
        assertThat(anything.list().get(0)).isInstanceOfAny(Map.class, List.class);
        assertThat(Gadget.MADE).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {HoldsByClass.class, ByClassInField.class})
    void aClassThatPutsClassNamesIntoTheTextIsRefusedWhenTheCodecIsBuilt(Class<?> type) {
        assertThatThrownBy(() -> FidelityTest.codec(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "Event type test." + type.getSimpleName() + " v1 can't be read as " + type.getName())
                .hasMessageContaining("puts class names into the text");
    }

    @Test
    void aClassThatTellsSubtypesByTheirFieldsIsRefusedWhenTheCodecIsBuilt() {
        assertThatThrownBy(() -> FidelityTest.codec(HoldsByFields.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Event type test.HoldsByFields v1 can't be read as")
                .hasMessageContaining(ByFields.class.getName() + " tells subtypes by their fields")
                .hasMessageContaining("use names (Id.NAME with @JsonSubTypes) instead");
    }

    @Test
    void classNamesInTheTextAreRefusedInDocuments() {
        JsonDocuments documents = JsonDocuments.create();
        assertThatThrownBy(() -> documents.write(new HoldsByClass(new A("a"))))
                .isInstanceOf(JsonConversionException.class)
                .hasMessageContaining("puts class names into the text");
        assertThatThrownBy(() -> documents.read(
                        "{\"field\":{\"@class\":\"com.portfolio.infra.utilities.serialization.Gadget\"}}",
                        HoldsByClass.class))
                .isInstanceOf(JsonConversionException.class)
                .hasMessageContaining("puts class names into the text");
        assertThat(Gadget.MADE).isFalse();
    }

    @Test
    void aModuleCannotTurnOnDefaultTyping() {
        JacksonEventCodec codec = JacksonEventCodec.builder(EventTypes.of(Anything.class, "test.Anything"))
                .modules(new HostileModule())
                .build();
        Anything anything = (Anything) codec.decode(new EncodedPayload(
                EventType.of("test.Anything"),
                "{\"unknown\":1,\"any\":[\"com.portfolio.infra.utilities.serialization.Gadget\",{}],\"list\":[1.10]}"));
        assertThat(anything.any()).isInstanceOf(List.class);
        assertThat(anything.list()).isEqualTo(List.of(new BigDecimal("1.10")));
        assertThat(codec.encode(new Anything(Instant.EPOCH, List.of())).data())
                .isEqualTo("{\"any\":\"1970-01-01T00:00:00Z\",\"list\":[]}");
        assertThat(Gadget.MADE).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"a\":1}",
                "{\"a\":null}",
                "{\"a\":{}}",
                "{\"a\":\"1\",\"a\":\"2\"}",
                "{} x",
                "{"
            })
    void metadataThatIsNoObjectOfStringsIsRefused(String text) {
        assertThatThrownBy(() -> CODEC.decodeMetadata(text)).isInstanceOf(EventDecodingException.class);
    }

    @Test
    void documentsAreRefusedInTheSameWords() {
        JsonDocuments documents = JsonDocuments.create();
        assertThatThrownBy(() -> documents.write(new Line(LONE, Map.of())))
                .isInstanceOfSatisfying(
                        JsonConversionException.class, e -> assertThat(e.path()).isEqualTo("$.note"))
                .hasMessage("can't be written as JSON: " + Line.class.getName()
                        + " at $.note: the text is not well-formed Unicode: it has half of a surrogate pair")
                .satisfies(RefusalTest::holdsNoValue);
        assertThatThrownBy(() -> documents.read("{\"value\":\"swordfish\"}", Positive.class))
                .isInstanceOf(JsonConversionException.class)
                .hasMessage("can't be read as " + Positive.class.getName() + " at $.value: the JSON does not fit int")
                .satisfies(RefusalTest::holdsNoValue);
        assertThat(documents.read(documents.write(new Positive(1)), Positive.class))
                .isEqualTo(new Positive(1));
    }

    @Test
    void anEventThatDeclaresASecretIsRefusedAtTheStart() {
        assertThatThrownBy(() -> FidelityTest.codec(Login.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Login.class.getName())
                .hasMessageContaining("a Secret is never stored");
    }

    @Test
    void aSecretWhereAnythingMayBeIsRefusedAndNotMasked() {
        assertThat(encoding(new Anything(Secret.of(SECRET), List.of())))
                .hasMessageContaining("$.any")
                .hasMessageContaining("a Secret is never stored");
    }

    @Test
    void aDocumentHoldsNoSecretEither() {
        assertThatThrownBy(() -> JsonDocuments.create().write(new Login("ada", List.of(Secret.of(SECRET)))))
                .hasMessageContaining("a Secret is never stored");
    }
}
