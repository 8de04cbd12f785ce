package com.portfolio.infra.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was measured, round by round.
 *
 * @param values one for each round, in their order; at least one
 */
record Series(List<Double> values) {

    Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A series needs at least one value.");
        }
    }

    /** The value in the middle; of an even number the mean of the two in the middle. */
    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return Collections.min(values);
    }

    double max() {
        return Collections.max(values);
    }

    /**
     * This series divided by another, each round by the same round: what slows a whole round down, such as a busy
     * disk, cancels out.
     *
     * @throws IllegalArgumentException if they differ in their number of rounds
     */
    Series dividedBy(Series other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException("A series of " + values.size() + " rounds can't be compared with one of "
                    + other.values.size() + ".");
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / other.values.get(round));
        }
        return new Series(ratios);
    }
}
