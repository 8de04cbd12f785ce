package com.portfolio.infra.utilities.messaging;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of the tests: its number is its content. No record: each is equal to itself only. */
final class Parcel implements Delivery {

    final int number;
    final int partition;
    private final @Nullable String key;
    private final @Nullable String type;

    Parcel(int number, @Nullable String key) {
        this(number, 0, key, Numbered.TYPE);
    }

    Parcel(int number, int partition, @Nullable String key, @Nullable String type) {
        this.number = number;
        this.partition = partition;
        this.key = key;
        this.type = type;
    }

    /** The same message, received once more. */
    Parcel again() {
        return new Parcel(number, partition, key, type);
    }

    @Override
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    @Override
    public Optional<String> messageId() {
        return Optional.of("m" + number);
    }

    @Override
    public String destination() {
        return "tests-" + partition;
    }

    @Override
    public String position() {
        return Integer.toString(number);
    }

    @Override
    public String toString() {
        return key + ":" + number;
    }
}
