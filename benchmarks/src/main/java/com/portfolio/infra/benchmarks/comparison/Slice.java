package com.portfolio.infra.benchmarks.comparison;

/**
 * A contender's share of a round.
 *
 * @param events how many events it wrote or read
 * @param nanos  how long it took
 * @param value  what was measured, in the unit of the scenario
 */
record Slice(long events, long nanos, double value) {

    private static final double NANOS_A_SECOND = 1e9;

    /** A slice in which so much was done, measured as so much a second. */
    static Slice perSecond(long events, long count, long nanos) {
        return new Slice(events, nanos, count * NANOS_A_SECOND / nanos);
    }
}
