package com.portfolio.infra.benchmarks.comparison;

import java.util.Optional;

/** Somebody who does the work of a scenario in their own way. */
interface Contender extends AutoCloseable {

    String name();

    /** Brings about the state that the work starts from. Not measured. */
    default void prepare() throws Exception {}

    /**
     * Does a share of the work.
     *
     * @param count appends or streams, as the scenario has it; the same for everybody in a round
     */
    Slice run(int count) throws Exception;

    /** What is to be said about this contender after the last round. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /**
     * Looks whether the work was really done.
     *
     * @throws IllegalStateException if it was not
     */
    default void verify() throws Exception {}

    @Override
    void close();
}
