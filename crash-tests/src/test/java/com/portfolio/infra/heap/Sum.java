package com.portfolio.infra.heap;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Counts events and adds them up, whatever their direction, and insists that no version is left out. */
final class Sum {

    private final int step;
    private final Map<String, Long> versions = new HashMap<>();
    private long events;
    private long sum;

    private Sum(int step) {
        this.step = step;
    }

    static Sum forward() {
        return new Sum(1);
    }

    /** Of one stream. */
    static Sum backward() {
        return new Sum(-1);
    }

    void add(String stream, long version, UUID id, long characters) {
        Long before = versions.put(stream, version);
        if (before != null ? version != before + step : step > 0 && version != 1) {
            throw new IllegalStateException("Version " + version + " of " + stream + " came after " + before + ".");
        }
        events++;
        sum += id.hashCode() * version + characters;
    }

    @Override
    public String toString() {
        return events + " events with sum " + sum;
    }
}
