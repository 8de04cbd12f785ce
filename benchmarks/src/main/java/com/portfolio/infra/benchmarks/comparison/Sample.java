package com.portfolio.infra.benchmarks.comparison;

import com.portfolio.infra.benchmarks.BankEvent;
import com.portfolio.infra.benchmarks.comparison.EventReader.Seen;
import com.portfolio.infra.ports.event.EventCodec;
import com.portfolio.infra.ports.event.Metadata;
import java.util.Arrays;

/** The one event that everybody writes, and how it looks when it is stored. */
final class Sample {

    static final EventCodec CODEC = BankEvent.codec();
    static final BankEvent EVENT = BankEvent.sample();
    static final Metadata METADATA = Metadata.of(Metadata.CORRELATION_ID, "0190f3c2-1111-7abc-8def-0123456789ab");

    static final String TYPE = CODEC.encode(EVENT).type().name();
    static final String DATA = CODEC.encode(EVENT).data();
    static final String METADATA_TEXT = CODEC.encodeMetadata(METADATA);

    private Sample() {}

    /** Checks that an event which was read is the one that was written. */
    static void requireEqual(BankEvent read) {
        if (!read.equals(EVENT)) {
            throw new IllegalStateException("What was read is not what was written: " + read);
        }
    }

    /** Checks that a reader has seen everything. */
    static void requireSeen(String contender, Seen expected, Seen seen) {
        if (!seen.equals(expected)) {
            throw new IllegalStateException("'" + contender + "' saw " + seen + ", not " + expected + ".");
        }
    }

    static String[] times(int count, String text) {
        String[] texts = new String[count];
        Arrays.fill(texts, text);
        return texts;
    }
}
