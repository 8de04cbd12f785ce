package com.portfolio.infra.examples.accounts;

import java.util.BitSet;

/**
 * Keeps the reader at most so many commands ahead of the oldest one that is not finished, which bounds
 * both the memory and how far commands can overtake each other. Thread-safe.
 */
final class Window {

    private final int size;
    private final BitSet finished;
    private long oldest;
    private long next;
    private boolean closed;

    Window(int size) {
        this.size = size;
        this.finished = new BitSet(size);
    }

    /** Waits for room; returns a ticket, or -1 if the window was closed. */
    synchronized long enter() throws InterruptedException {
        while (next - oldest >= size && !closed) {
            wait();
        }
        return closed ? -1 : next++;
    }

    /** Gives a ticket back. */
    synchronized void leave(long ticket) {
        finished.set((int) (ticket % size));
        while (oldest < next && finished.get((int) (oldest % size))) {
            finished.clear((int) (oldest % size));
            oldest++;
        }
        notifyAll();
    }

    /** Lets nobody in any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until every ticket was given back. */
    synchronized void awaitEmpty() throws InterruptedException {
        while (oldest < next) {
            wait();
        }
    }
}
