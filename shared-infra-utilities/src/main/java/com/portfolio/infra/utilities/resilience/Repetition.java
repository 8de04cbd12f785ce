package com.portfolio.infra.utilities.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the attempts of one call, which may run on several threads. */
final class Repetition {

    private final AtomicInteger begun = new AtomicInteger();

    void begin() {
        begun.incrementAndGet();
    }

    boolean isFirst() {
        return begun.get() <= 1;
    }
}
