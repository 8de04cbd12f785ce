package com.portfolio.infra.ports.eventstore;

import java.util.Objects;

/**
 * Which incarnation of a log positions belong to.
 *
 * <p>A log that was restored from a backup gives out positions again that it had given out before, to
 * other events. It therefore has another id, and a checkpoint of the former one is refused.
 *
 * @param value not blank
 */
public record LogId(String value) {

    public LogId {
        Objects.requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new IllegalArgumentException("A log id must not be blank.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
