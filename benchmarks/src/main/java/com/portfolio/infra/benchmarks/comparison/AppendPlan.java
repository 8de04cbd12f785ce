package com.portfolio.infra.benchmarks.comparison;

/**
 * Who writes what. Each writer has streams of its own and goes round them, so that nobody waits for a stream.
 *
 * @param writers threads that append at the same time
 * @param events  in each append
 * @param streams of each writer
 */
record AppendPlan(int writers, int events, int streams) {

    /** How many appends each writer makes of {@code count}. */
    int each(int count) {
        return Math.max(1, count / writers);
    }
}
