package com.portfolio.infra.utilities.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.ports.event.Metadata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ES.7: what is read equals what was appended. */
class FidelityTest {

    record Text(@Nullable String text) implements DomainEvent {}

    record Decimal(BigDecimal amount, BigInteger count) implements DomainEvent {}

    @SuppressWarnings("ArrayRecordComponent") // arrays are among what must come back
    record Primitives(boolean b, byte y, short s, int i, long l, float f, double d, char c, Double boxed, byte[] bytes)
            implements DomainEvent {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Primitives p && json().equals(p.json());
        }

        @Override
        public int hashCode() {
            return json().hashCode();
        }

        private String json() {
            return List.of(b, y, s, i, l, f, d, c, boxed, Arrays.toString(bytes))
                    .toString();
        }
    }

    record Untyped(@Nullable Object object, Map<String, @Nullable Object> map, JsonNode node) implements DomainEvent {}

    record Times(
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            LocalDateTime local,
            LocalDate date,
            LocalTime time,
            OffsetTime offsetTime,
            Duration duration,
            Period period,
            Year year,
            YearMonth yearMonth,
            MonthDay monthDay,
            ZoneId zone,
            ZoneOffset zoneOffset,
            Map<Instant, LocalDate> keyed)
            implements DomainEvent {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "the green one";
            }
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // arrays are among what must come back
    record Collected(
            List<String> strings,
            List<List<@Nullable Integer>> nested,
            Set<UUID> ids,
            SortedSet<String> sorted,
            Map<String, List<BigDecimal>> byName,
            SortedMap<Colour, String> byColour,
            Map<Integer, Colour> byNumber,
            Optional<String> present,
            Optional<String> absent,
            OptionalInt optionalInt,
            OptionalLong optionalLong,
            @Nullable List<String> nothing,
            String[] array)
            implements DomainEvent {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Collected c && parts().equals(c.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<@Nullable Object> parts() {
            return Arrays.asList(
                    strings,
                    nested,
                    ids,
                    sorted,
                    byName,
                    byColour,
                    byNumber,
                    present,
                    absent,
                    optionalInt,
                    optionalLong,
                    nothing,
                    Arrays.asList(array));
        }
    }

    record Closed() implements DomainEvent {}

    record Measured(List<Integer> values) implements DomainEvent {

        public boolean isEmpty() {
            return values.isEmpty();
        }

        public int getTotal() {
            return values.get(values.size()); // derived, not data, and asking for it fails
        }
    }

    record AsText(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount) implements DomainEvent {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Transfer.class, name = "transfer")
    })
    sealed interface Means permits Card, Transfer {}

    record Card(String number) implements Means {}

    record Transfer(String iban) implements Means {}

    record Paid(Means means, List<Means> tried) implements DomainEvent {}

    static final class Bean implements DomainEvent {

        private final String name;
        private final int size;

        Bean(String name, int size) {
            this.name = name;
            this.size = size;
        }

        public String getName() {
            return name;
        }

        public int getSize() {
            return size;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean bean && name.equals(bean.name) && size == bean.size;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, size);
        }
    }

    private static final JacksonEventCodec CODEC = codec(
            Text.class,
            Decimal.class,
            Primitives.class,
            Untyped.class,
            Times.class,
            Collected.class,
            Closed.class,
            Measured.class,
            AsText.class,
            Paid.class,
            Bean.class);

    static JacksonEventCodec codec(Class<?>... classes) {
        EventTypes types = EventTypes.none();
        for (Class<?> type : classes) {
            types = types.and(EventTypes.of(type, "test." + type.getSimpleName()));
        }
        return JacksonEventCodec.of(types);
    }

    private static void comesBackEqual(DomainEvent event) {
        assertThat(CODEC.decode(CODEC.encode(event))).isEqualTo(event);
    }

    private static String json(DomainEvent event) {
        return CODEC.encode(event).data();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u0000",
                "a\u0000b",
                "\u0001\u001f\u007f\u0080",
                "\"\\/\b\f\n\r\t",
                "äöü",
                "日本",
                "😀",
                "\u2028",
                "\ufffe\uffff",
                "e\u0301"
            })
    void wellFormedTextComesBackToTheCharacter(String text) {
        comesBackEqual(new Text(text));
    }

    @Test
    void u0000IsEscaped() {
        assertThat(json(new Text("\u0000"))).isEqualTo("{\"text\":\"\\u0000\"}");
    }

    @Test
    void nullComesBackAsNull() {
        comesBackEqual(new Text(null));
        assertThat(json(new Text(null))).isEqualTo("{\"text\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "1.10",
                "1E+3",
                "-1E-30",
                "0E-10",
                "0E+7",
                "12345678901234567890.123456789000",
                "1E+400",
                "1E-2147483647",
                "1E+2147483647",
                "100",
                "100.0"
            })
    void aDecimalKeepsItsScale(String decimal) {
        BigDecimal amount = new BigDecimal(decimal);
        comesBackEqual(new Decimal(amount, BigInteger.TEN.pow(40)));
        comesBackEqual(new AsText(amount));
    }

    @Test
    void aBigIntegerMayHaveAnyLength() {
        BigInteger big = BigInteger.ONE.shiftLeft(50_000).subtract(BigInteger.ONE);
        comesBackEqual(new Decimal(new BigDecimal(big, 7), big));
        comesBackEqual(new Decimal(BigDecimal.ONE, big.negate()));
    }

    @Test
    void primitivesComeBack() {
        comesBackEqual(new Primitives(
                true,
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Float.MIN_VALUE,
                -0.0,
                '\u0000',
                Double.NaN,
                new byte[] {0, -1, 127}));
        comesBackEqual(new Primitives(
                false,
                (byte) 1,
                (short) -1,
                0,
                Long.MIN_VALUE,
                Float.NEGATIVE_INFINITY,
                0.1 + 0.2,
                'ä',
                Double.MAX_VALUE,
                new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "100.0", "1E+3", "0.00", "0E-10", "0.1", "3.0000000000000000000000000000000001"})
    void aDecimalInAnUntypedFieldKeepsItsScale(String decimal) {
        BigDecimal amount = new BigDecimal(decimal);
        Untyped back = (Untyped) CODEC.decode(CODEC.encode(new Untyped(
                amount,
                Map.of("a", List.of(amount)),
                JsonNodeFactory.instance.objectNode().put("x", amount))));
        assertThat(back.object()).isEqualTo(amount);
        assertThat(back.map()).isEqualTo(Map.of("a", List.of(amount)));
        assertThat(back.node().get("x").decimalValue()).isEqualTo(amount);
    }

    @Test
    void anUntypedFieldKeepsTextNumbersCollectionsAndNulls() {
        BigInteger big = BigInteger.TWO.pow(100);
        JsonNode node = JsonNodeFactory.instance
                .objectNode()
                .put("big", big)
                .put("text", "\u0000😀")
                .putNull("null")
                .set("empty", JsonNodeFactory.instance.arrayNode());
        Map<String, @Nullable Object> map = new TreeMap<>();
        map.put("null", null);
        map.put("list", Arrays.asList(1, null, true, List.of(), Map.of()));
        map.put("", Long.MAX_VALUE);
        comesBackEqual(new Untyped(big, map, node));
        comesBackEqual(new Untyped(null, Map.of(), JsonNodeFactory.instance.nullNode()));
    }

    @Test
    void timesKeepNanosecondsOffsetsAndZones() {
        comesBackEqual(times(
                Instant.parse("2024-02-29T23:59:59.123456789Z"),
                OffsetDateTime.parse("2024-02-29T23:59:59.000000001+05:30"),
                ZonedDateTime.ofLocal(
                        LocalDateTime.parse("2024-10-27T02:30:00.5"),
                        ZoneId.of("Europe/Berlin"),
                        ZoneOffset.ofHours(1)),
                ZoneId.of("UTC")));
        comesBackEqual(times(
                Instant.MAX,
                OffsetDateTime.of(LocalDateTime.parse("1969-12-31T23:59"), ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)),
                ZonedDateTime.of(LocalDateTime.parse("-0044-03-15T12:00"), ZoneId.of("UTC")),
                ZoneId.of("America/Argentina/Buenos_Aires")));
        comesBackEqual(times(
                Instant.MIN,
                OffsetDateTime.of(LocalDateTime.parse("+12345-01-01T00:00"), ZoneOffset.UTC),
                ZonedDateTime.of(LocalDateTime.parse("2024-01-01T00:00"), ZoneOffset.UTC),
                ZoneId.of("+02:00")));
    }

    private static Times times(Instant instant, OffsetDateTime offset, ZonedDateTime zoned, ZoneId zone) {
        return new Times(
                instant,
                offset,
                zoned,
                offset.toLocalDateTime(),
                LocalDate.parse("0000-01-01"),
                LocalTime.parse("23:59:59.999999999"),
                offset.toOffsetTime(),
                Duration.ofSeconds(-1, 1),
                Period.of(1, -2, 400),
                Year.of(-5),
                YearMonth.of(2024, 2),
                MonthDay.of(2, 29),
                zone,
                offset.getOffset(),
                Map.of(instant, LocalDate.parse("2024-02-29")));
    }

    @Test
    void anInstantIsWrittenAsIsoText() {
        assertThat(JsonDocuments.create().write(Instant.parse("2024-02-29T23:59:59.123456789Z")))
                .isEqualTo("\"2024-02-29T23:59:59.123456789Z\"");
    }

    @Test
    void collectionsEnumsAndOptionalsComeBack() {
        comesBackEqual(new Collected(
                List.of("", "\u0000"),
                List.of(List.of(), Arrays.asList(1, null)),
                Set.of(UUID.randomUUID(), new UUID(0, 0)),
                new TreeSet<>(Set.of("b", "a")),
                Map.of("", List.of(new BigDecimal("1.0")), "\u0000", List.of()),
                new TreeMap<>(Map.of(Colour.GREEN, "g", Colour.RED, "r")),
                Map.of(-1, Colour.GREEN),
                Optional.of(""),
                Optional.empty(),
                OptionalInt.of(0),
                OptionalLong.empty(),
                null,
                new String[] {"x"}));
        comesBackEqual(new Collected(
                List.of(),
                List.of(),
                Set.of(),
                Collections.emptySortedSet(),
                Map.of(),
                Collections.emptySortedMap(),
                Map.of(),
                Optional.empty(),
                Optional.of("x"),
                OptionalInt.empty(),
                OptionalLong.of(Long.MIN_VALUE),
                List.of(),
                new String[0]));
    }

    @Test
    void anEventWithoutFieldsIsAnEmptyObject() {
        comesBackEqual(new Closed());
        assertThat(json(new Closed())).isEqualTo("{}");
    }

    @Test
    void aRecordIsWrittenAsItsComponentsAndNothingElse() {
        comesBackEqual(new Measured(List.of(1, 2)));
        assertThat(json(new Measured(List.of(1, 2)))).isEqualTo("{\"values\":[1,2]}");
    }

    @Test
    void declaredSubtypesComeBack() {
        comesBackEqual(new Paid(new Card("1"), List.of(new Transfer("DE"), new Card("2"))));
    }

    @Test
    void aClassWithAConstructorComesBack() {
        comesBackEqual(new Bean("b", 3));
    }

    @Test
    void onePayloadMayHaveAMegabyteAndMore() {
        comesBackEqual(new Text("😀".repeat(300_000)));
        comesBackEqual(new Text("x".repeat(25_000_000)));
        comesBackEqual(new Untyped(null, Map.of("k".repeat(100_000), "v"), JsonNodeFactory.instance.nullNode()));
    }

    @Test
    void whatIsDeeplyNestedIsEitherRefusedOrComesBack() {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 997; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        comesBackEqual(new Untyped(deep, Map.of(), JsonNodeFactory.instance.nullNode()));
    }

    @Test
    void metadataComesBack() {
        Metadata metadata = Metadata.of("a", "\u0000😀\"").with("", "").with(Metadata.CORRELATION_ID, "x");
        assertThat(CODEC.decodeMetadata(CODEC.encodeMetadata(metadata))).isEqualTo(metadata);
        assertThat(CODEC.decodeMetadata(CODEC.encodeMetadata(Metadata.empty()))).isEqualTo(Metadata.empty());
        assertThat(CODEC.encodeMetadata(Metadata.of("b", "2").with("a", "1"))).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    }
}
