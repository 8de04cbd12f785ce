package com.portfolio.infra.utilities.bootstrap;

/**
 * Something that was opened alone, with what it needs.
 *
 * @param <A> what was opened
 */
public final class Opened<A> implements AutoCloseable {

    private final A adapter;
    private final ClosingStack closing;

    Opened(A adapter, ClosingStack closing) {
        this.adapter = adapter;
        this.closing = closing;
    }

    /** What was opened. */
    public A get() {
        return adapter;
    }

    /**
     * Closes it and what was opened for it, in reverse order. Closing again does nothing.
     *
     * @throws RuntimeException the first failure, after everything else was closed
     */
    @Override
    public void close() {
        closing.close();
    }
}
