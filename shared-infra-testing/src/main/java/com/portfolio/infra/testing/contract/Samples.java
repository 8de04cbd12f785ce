package com.portfolio.infra.testing.contract;

import com.portfolio.infra.testing.contract.KitEvent.Address;
import com.portfolio.infra.testing.contract.KitEvent.Colour;
import com.portfolio.infra.testing.contract.KitEvent.Listed;
import com.portfolio.infra.testing.contract.KitEvent.Measured;
import com.portfolio.infra.testing.contract.KitEvent.Noted;
import com.portfolio.infra.testing.contract.KitEvent.Placed;
import com.portfolio.infra.testing.contract.KitEvent.Priced;
import com.portfolio.infra.testing.contract.KitEvent.Timed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that stores are known to change. */
final class Samples {

    private Samples() {}

    /** Text that is well-formed and awkward. */
    static Stream<String> texts() {
        return Stream.of(
                "",
                " ",
                "  leading and trailing  ",
                "\u0000",
                "before\u0000after",
                controlCharacters(),
                "quotes \" ' ` and \\ backslashes \\u0041 \\n",
                "lines\nof\r\nall\rkinds\u2028and\u2029more\u0085",
                "\ufeffa mark at the start",
                "noncharacters \uffff \ufffe \ufdd0",
                "\ud83d\ude00 beyond the basic plane \ud834\udd1e\udbff\udfff",
                "\u00e9 composed and decomposed e\u0301",
                "\u05e9\u05dc\u05d5\u05dd \u202eright to left\u202c \u0645\u0631\u062d\u0628\u0627",
                "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "null",
                "{\"looks\":\"like json\"}",
                "'; drop table events; --",
                "%s $1 ? :name {0} ${x}");
    }

    private static String controlCharacters() {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(0, 0x9f).forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Text of random code points, without halves of surrogate pairs. */
    static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    /** One event of each shape, with values at the edges. */
    static Stream<KitEvent> events() {
        return Stream.of(
                new Noted(null),
                new Priced(new BigDecimal("1.0"), BigInteger.ZERO),
                new Priced(new BigDecimal("1.00"), BigInteger.ONE.negate()),
                new Priced(new BigDecimal("1E+3"), BigInteger.TEN.pow(200)),
                new Priced(new BigDecimal("1000"), BigInteger.TWO.pow(64)),
                new Priced(new BigDecimal("0E-10"), BigInteger.valueOf(Long.MIN_VALUE)),
                new Priced(new BigDecimal("-0.00"), null),
                new Priced(new BigDecimal("123456789012345678901234567890.123456789012345678901234567890"), null),
                new Priced(new BigDecimal("1E-400"), null),
                new Priced(null, null),
                timed(Instant.parse("2026-01-31T12:00:00.123456789Z")),
                timed(Instant.EPOCH),
                timed(Instant.parse("1969-12-31T23:59:59.999999999Z")),
                timed(Instant.parse("0001-01-01T00:00:00Z")),
                timed(Instant.parse("9999-12-31T23:59:59.999999999Z")),
                timed(Instant.MIN),
                timed(Instant.MAX),
                timed(null),
                new Measured(true, Integer.MIN_VALUE, Long.MIN_VALUE, Double.MIN_VALUE, Colour.RED),
                new Measured(false, Integer.MAX_VALUE, Long.MAX_VALUE, Double.MAX_VALUE, Colour.GREEN),
                new Measured(false, 0, (1L << 53) + 1, 0.1 + 0.2, Colour.GREEN),
                new Measured(false, 0, 0, -0.0, Colour.GREEN),
                new Listed(List.of(), List.of(), Map.of()),
                new Listed(
                        Arrays.asList("", null, "b"),
                        List.of(List.of(), List.of(1, 2), List.of()),
                        Map.of("", List.of())),
                new Listed(
                        List.of("a", "a"),
                        List.of(List.of(-1)),
                        Map.of("a b", List.of(new BigDecimal("1.10"), new BigDecimal("1.1")), "\u0000", List.of())),
                new Placed(new Address("", null), null, List.of()),
                new Placed(
                        new Address("Main Street", "0000"),
                        new Address("\ud83c\udfe0", ""),
                        List.of(new Address("a", "b"), new Address("c", null))));
    }

    private static Timed timed(@Nullable Instant at) {
        return new Timed(
                at,
                LocalDate.of(2024, 2, 29),
                OffsetDateTime.of(2026, 1, 31, 23, 59, 59, 999_999_999, ZoneOffset.ofHoursMinutes(-9, -30)),
                Duration.ofSeconds(-1, 1));
    }
}
