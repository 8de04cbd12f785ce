package com.portfolio.infra.benchmarks.comparison;

import java.util.Locale;

/** What a scenario measures. */
enum Metric {
    APPENDS_PER_SECOND("appends/s", "%,.0f"),
    EVENTS_PER_SECOND("events/s", "%,.0f"),
    MILLISECONDS_AN_APPEND("ms an append", "%.2f");

    private final String unit;
    private final String format;

    Metric(String unit, String format) {
        this.unit = unit;
        this.format = format;
    }

    String unit() {
        return unit;
    }

    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** How many times as fast the one is as the other, round by round. */
    Series speed(Series one, Series other) {
        return this == MILLISECONDS_AN_APPEND ? other.dividedBy(one) : one.dividedBy(other);
    }
}
