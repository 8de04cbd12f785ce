package com.portfolio.infra.benchmarks.comparison;

import java.util.List;

/**
 * A scenario with everybody who takes part.
 *
 * @param title       of its section in the report
 * @param conditions  what a reader has to know to read the numbers
 * @param metric      what is measured
 * @param share       how much each contender does in a round
 * @param contenders  in the order of the report; closed with this
 * @param absent      whom this machine lacks
 * @param comparisons which are made, of those whose both sides take part
 */
record Lineup(
        String title,
        String conditions,
        Metric metric,
        Share share,
        List<Contender> contenders,
        List<String> absent,
        List<Comparison> comparisons)
        implements AutoCloseable {

    Lineup {
        contenders = List.copyOf(contenders);
        absent = List.copyOf(absent);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * How much a contender does in a round: between the two limits as much as takes about as long as a slice should,
     * found out before the first round.
     *
     * @param least no fewer
     * @param most  no more
     */
    record Share(int least, int most) {

        static Share exactly(int count) {
            return new Share(count, count);
        }

        boolean isFixed() {
            return least == most;
        }

        /** The count that takes about {@code wanted} nanoseconds if {@code count} took {@code took}. */
        int count(int count, long took, long wanted) {
            double fitting = (double) count * wanted / Math.max(1, took);
            return (int) Math.max(least, Math.min(most, fitting));
        }
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
    }
}
