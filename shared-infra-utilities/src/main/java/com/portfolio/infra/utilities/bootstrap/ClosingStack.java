package com.portfolio.infra.utilities.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Closes in reverse order what was opened, each of it whatever becomes of the others. Thread-safe. */
final class ClosingStack implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T one) {
        opened.push(one);
        return one;
    }

    /**
     * Closes everything; who calls while another thread closes waits for it.
     *
     * @throws RuntimeException the first failure, with the others as suppressed ones
     */
    @Override
    public synchronized void close() {
        Throwable failure = closeAll(null);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new BootstrapException(
                    "Not everything could be closed, because of a "
                            + failure.getClass().getName() + ".",
                    failure);
        }
    }

    /** Closes everything, and tells of what fails with the failure that is the reason for it. */
    synchronized void closeAfter(Throwable failure) {
        closeAll(failure);
    }

    private @Nullable Throwable closeAll(@Nullable Throwable before) {
        Throwable first = before;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Throwable e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        return first;
    }
}
