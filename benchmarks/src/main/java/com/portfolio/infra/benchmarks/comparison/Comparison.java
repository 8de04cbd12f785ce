package com.portfolio.infra.benchmarks.comparison;

import java.util.OptionalDouble;

/**
 * Two contenders of a scenario whose speeds are to be compared.
 *
 * @param one     divided by the other
 * @param other   what it is measured against
 * @param atLeast how many times as fast as the other the one is meant to be
 */
record Comparison(String one, String other, OptionalDouble atLeast) {

    static Comparison of(String one, String other) {
        return new Comparison(one, other, OptionalDouble.empty());
    }

    Comparison atLeast(double target) {
        return new Comparison(one, other, OptionalDouble.of(target));
    }
}
