package com.portfolio.infra.benchmarks.comparison;

import java.util.List;
import java.util.Optional;

/**
 * What came out of a scenario.
 *
 * @param title       of its section in the report
 * @param conditions  what a reader has to know to read the numbers
 * @param metric      what was measured
 * @param share       how much each contender did in a round
 * @param entries     in the order of the report
 * @param absent      whom this machine lacks
 * @param comparisons which are made
 */
record Result(
        String title,
        String conditions,
        Metric metric,
        int share,
        List<Entry> entries,
        List<String> absent,
        List<Comparison> comparisons) {

    Result {
        entries = List.copyOf(entries);
    }

    /**
     * A contender's measurements.
     *
     * @param name   the contender
     * @param events written or read in each round
     * @param series measured
     * @param remark said about it
     */
    record Entry(String name, long events, Series series, Optional<String> remark) {}

    int rounds() {
        return entries.get(0).series().values().size();
    }

    /** How many times as fast one contender is as the other; empty if one of them did not take part. */
    Optional<Series> speed(Comparison comparison) {
        Optional<Entry> one = entry(comparison.one());
        Optional<Entry> other = entry(comparison.other());
        return one.flatMap(a -> other.map(b -> metric.speed(a.series(), b.series())));
    }

    private Optional<Entry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
