package com.portfolio.infra.utilities.configuration;

/**
 * How a value is written.
 *
 * @param <T> what it is read as
 */
interface Format<T> {

    /**
     * Reads a text that is not blank.
     *
     * @throws NotAllowedException if it is not {@link #allowed()}
     */
    T read(String text) throws NotAllowedException;

    /** What is allowed, as it follows {@code must be}. */
    String allowed();
}
