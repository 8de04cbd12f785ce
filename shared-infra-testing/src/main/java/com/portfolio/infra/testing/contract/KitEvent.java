package com.portfolio.infra.testing.contract;

import com.portfolio.infra.ports.event.DomainEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that the kits append: every shape of data that a store has to keep. */
public sealed interface KitEvent extends DomainEvent {

    /** A number, to tell events apart. */
    record Counted(long number) implements KitEvent {}

    /** Any text. */
    record Noted(@Nullable String text) implements KitEvent {}

    /** Numbers of any size, decimals with their scale. */
    record Priced(@Nullable BigDecimal amount, @Nullable BigInteger count) implements KitEvent {}

    /** Times, to the nanosecond. */
    record Timed(@Nullable Instant at, LocalDate day, OffsetDateTime meeting, Duration length) implements KitEvent {}

    /** Primitives and an enum. */
    record Measured(boolean valid, int small, long large, double real, Colour colour) implements KitEvent {}

    /** Collections, empty and nested. */
    record Listed(List<@Nullable String> texts, List<List<Integer>> nested, Map<String, List<BigDecimal>> byName)
            implements KitEvent {}

    /** Records within records. */
    record Placed(Address address, @Nullable Address other, List<Address> more) implements KitEvent {}

    /** At schema version 2; the first had no currency, and is read as euro. */
    record Opened(String name, String currency) implements KitEvent {}

    /** Something that no codec can write. */
    record Unwritable(String name, Object thing) implements KitEvent {}

    /** A value inside of an event. */
    record Address(String street, @Nullable String zip) {}

    /** A choice. */
    enum Colour {
        /** The first. */
        RED,
        /** The second. */
        GREEN
    }
}
