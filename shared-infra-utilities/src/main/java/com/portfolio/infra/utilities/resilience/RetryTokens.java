package com.portfolio.infra.utilities.resilience;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What is left of a {@link RetryBudget}: calls and repetitions of the last ten seconds, second by second. Thread-safe. */
final class RetryTokens {

    /** Seconds that are looked back on. */
    static final int SLOTS = 10;

    private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RetryBudget budget;

    /** From the oldest to the present one. */
    private final Deque<Slot> slots = new ArrayDeque<>();

    private volatile Slot present;

    RetryTokens(RetryBudget budget, long now) {
        this.budget = budget;
        this.present = new Slot(now);
        slots.add(present);
    }

    /** A call was made for the first time. */
    void called(long now) {
        Slot slot = present;
        if (now - slot.begun >= SLOT_NANOS) {
            slot = at(now);
        }
        slot.calls.increment();
    }

    /** Takes a repetition out of the budget, if there is one left. */
    synchronized boolean tryRepeat(long now) {
        Slot slot = at(now);
        long calls = 0;
        long repeated = 0;
        for (Slot each : slots) {
            calls += each.calls.sum();
            repeated += each.repeated;
        }
        double allowed = Math.floor(budget.ratio() * calls) + (double) budget.perSecond() * SLOTS;
        if (repeated + 1 > allowed) {
            return false;
        }
        slot.repeated++;
        return true;
    }

    private synchronized Slot at(long now) {
        long age = now - present.begun;
        if (age >= SLOT_NANOS) {
            present = new Slot(present.begun + age / SLOT_NANOS * SLOT_NANOS);
            slots.addLast(present);
            while (now - slots.getFirst().begun >= SLOTS * SLOT_NANOS) {
                slots.removeFirst();
            }
        }
        return present;
    }

    private static final class Slot {

        private final long begun;
        private final LongAdder calls = new LongAdder();
        private long repeated;

        Slot(long begun) {
            this.begun = begun;
        }
    }
}
