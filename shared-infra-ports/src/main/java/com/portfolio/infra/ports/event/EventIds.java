package com.portfolio.infra.ports.event;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Makes event ids: version 7 UUIDs of <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562</a>,
 * which begin with the time and therefore fall beside each other in an index.
 *
 * <p>Ids of one process grow, also within a millisecond and when the clock is set back: the 12 bits
 * after the time are a counter (method 1 of section 6.2), which borrows the next millisecond when it
 * runs over. The last 62 bits are random.
 */
public final class EventIds {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Object LOCK = new Object();

    /** Milliseconds and counter as one number, so that counting up borrows from the next millisecond. */
    private static long last;

    private EventIds() {}

    /** A new id, greater than every other that this process made. Thread-safe. */
    public static UUID next() {
        long tick;
        synchronized (LOCK) {
            tick = Math.max(last + 1, System.currentTimeMillis() << COUNTER_BITS);
            last = tick;
        }
        long time = tick >>> COUNTER_BITS;
        long counter = tick & ((1L << COUNTER_BITS) - 1);
        return new UUID(time << 16 | VERSION_7 | counter, VARIANT | (RANDOM.nextLong() & RANDOM_MASK));
    }
}
