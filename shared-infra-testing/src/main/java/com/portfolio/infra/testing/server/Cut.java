package com.portfolio.infra.testing.server;

import java.util.Map;
import java.util.WeakHashMap;

/** A cut that a {@link FaultyProxy} makes once, when its moment has come. Thread-safe. */
public final class Cut {

    /** Tells how much of what a stream is about to forward still passes; all of it if nothing is cut here. */
    private interface Rule {

        /** Returns the number of bytes of {@code chunk} that pass before the cut, or -1 for no cut. */
        int passes(Object stream, byte[] chunk);
    }

    private final FaultyProxy.Direction direction;
    private final Rule rule;
    private volatile boolean happened;
    private boolean claimed;

    private Cut(FaultyProxy.Direction direction, Rule rule) {
        this.direction = direction;
        this.rule = rule;
    }

    static Cut after(FaultyProxy.Direction direction, long bytes) {
        long[] left = {bytes};
        return new Cut(direction, (stream, chunk) -> {
            if (chunk.length < left[0]) {
                left[0] -= chunk.length;
                return -1;
            }
            return (int) left[0];
        });
    }

    static Cut at(FaultyProxy.Direction direction, byte[] pattern) {
        Map<Object, BytePattern> searches = new WeakHashMap<>();
        byte[] copy = pattern.clone();
        return new Cut(direction, (stream, chunk) -> {
            int end = searches.computeIfAbsent(stream, ignored -> new BytePattern(copy))
                    .endIn(chunk);
            return end < 0 ? -1 : Math.max(0, end - copy.length);
        });
    }

    /** Whether the cut has been made. Who sees its connection end sees that it was. */
    public boolean happened() {
        return happened;
    }

    /** Returns the number of bytes of {@code chunk} that pass before the connection is cut, or -1 for no cut. */
    synchronized int passes(FaultyProxy.Direction streamDirection, Object stream, byte[] chunk) {
        if (direction != streamDirection || claimed) {
            return -1;
        }
        int passes = rule.passes(stream, chunk);
        claimed = passes >= 0;
        return passes;
    }

    void done() {
        happened = true;
    }
}
