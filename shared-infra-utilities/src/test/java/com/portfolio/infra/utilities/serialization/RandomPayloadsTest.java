package com.portfolio.infra.utilities.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EncodedPayload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** ES.7, for payloads that nobody thought of. */
class RandomPayloadsTest {

    private static final int ROUNDS = 400;
    private static final int MAX_DEPTH = 4;

    record Tree(
            @Nullable String text,
            @Nullable BigDecimal decimal,
            BigInteger integer,
            long number,
            double real,
            Instant instant,
            OffsetDateTime time,
            UUID id,
            Optional<String> optional,
            List<@Nullable Tree> children,
            Map<String, List<@Nullable BigDecimal>> named,
            @Nullable Object untyped)
            implements DomainEvent {}

    private static final JacksonEventCodec CODEC = FidelityTest.codec(Tree.class);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whatComesBackEqualsWhatWentIn(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        for (int round = 0; round < ROUNDS; round++) {
            Tree tree = tree(0);
            EncodedPayload encoded = CODEC.encode(tree);
            assertThat(CODEC.decode(encoded))
                    .as("-Dseed=%d, round %d", seed, round)
                    .isEqualTo(tree);
            assertThat(CODEC.encode(CODEC.decode(encoded)))
                    .as("-Dseed=%d, round %d", seed, round)
                    .isEqualTo(encoded);
        }
    }

    private Tree tree(int depth) {
        return new Tree(
                maybe(this::text),
                maybe(this::decimal),
                integer(),
                random.nextLong() >> random.nextInt(64),
                Double.longBitsToDouble(random.nextLong()),
                instant(),
                time(),
                new UUID(random.nextLong(), random.nextLong()),
                Optional.ofNullable(maybe(this::text)),
                list(depth, () -> maybe(() -> tree(depth + 1))),
                map(depth, () -> list(depth, () -> maybe(this::decimal))),
                untyped(depth));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(8) == 0 ? null : value.get();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    private int codePoint() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> 0x20 + random.nextInt(0x60);
            case 2 -> random.nextInt(0xD800);
            default -> 0xE000 + random.nextInt(0x110000 - 0xE000);
        };
    }

    private BigInteger integer() {
        return new BigInteger(random.nextInt(300), random).multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
    }

    private BigDecimal decimal() {
        return new BigDecimal(integer(), random.nextInt(80) - 40);
    }

    private Instant instant() {
        long span = Instant.MAX.getEpochSecond();
        return Instant.ofEpochSecond(random.nextLong() % span, random.nextInt(1_000_000_000));
    }

    private OffsetDateTime time() {
        LocalDateTime local = LocalDateTime.ofEpochSecond(
                random.nextLong() % 100_000_000_000L, random.nextInt(1_000_000_000), ZoneOffset.UTC);
        return local.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600) - 18 * 3600));
    }

    private <T extends @Nullable Object> List<T> list(int depth, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = depth >= MAX_DEPTH ? 0 : random.nextInt(3); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <T extends @Nullable Object> Map<String, T> map(int depth, Supplier<T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = depth >= MAX_DEPTH ? 0 : random.nextInt(3); i > 0; i--) {
            map.put(text(), value.get());
        }
        return map;
    }

    /** Of the classes that an untyped field keeps. */
    private @Nullable Object untyped(int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> text();
            case 2 -> random.nextBoolean();
            case 3 -> random.nextInt();
            case 4 -> BigInteger.TWO.pow(64 + random.nextInt(200));
            case 5 -> new BigDecimal(integer(), 1 + random.nextInt(30));
            case 6 -> list(depth, () -> untyped(depth + 1));
            default -> map(depth, () -> Arrays.asList(untyped(depth + 1), text()));
        };
    }
}
