package com.portfolio.infra.testing.memory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on purpose with the calls of one kind.
 *
 * <pre>{@code
 * store.appendFaults().failNext(2, call -> new EventStoreUnavailableException("The database is away.", null));
 * }</pre>
 *
 * <p>Of several faults that fit a call the one that was set first is taken. Thread-safe.
 *
 * @param <C> what tells one call from another
 */
public final class Faults<C> {

    private final Object lock = new Object();
    private final List<Fault<C>> faults = new ArrayList<>();
    private int struck;

    Faults() {}

    /** The next call fails before it does anything. */
    public void failNext(Function<? super C, ? extends RuntimeException> exception) {
        failNext(1, exception);
    }

    /** The next calls fail before they do anything. */
    public void failNext(int calls, Function<? super C, ? extends RuntimeException> exception) {
        failNext(calls, call -> true, exception);
    }

    /** The next calls that match fail before they do anything. */
    public void failNext(
            int calls, Predicate<? super C> matching, Function<? super C, ? extends RuntimeException> exception) {
        add(new Fault<>(calls, matching, exception, false));
    }

    /** Every call that matches fails before it does anything, until {@link #clear()}. */
    public void failAll(Predicate<? super C> matching, Function<? super C, ? extends RuntimeException> exception) {
        failNext(Integer.MAX_VALUE, matching, exception);
    }

    /** The next calls do what they should, and then fail all the same: their answers are lost. */
    public void failNextAfterwards(int calls, Function<? super C, ? extends RuntimeException> exception) {
        failNextAfterwards(calls, call -> true, exception);
    }

    /** The next calls that match do what they should, and then fail all the same. */
    public void failNextAfterwards(
            int calls, Predicate<? super C> matching, Function<? super C, ? extends RuntimeException> exception) {
        add(new Fault<>(calls, matching, exception, true));
    }

    /** From now on nothing goes wrong. */
    public void clear() {
        synchronized (lock) {
            faults.clear();
        }
    }

    /** How many calls failed on purpose so far. */
    public int struck() {
        synchronized (lock) {
            return struck;
        }
    }

    private void add(Fault<C> fault) {
        synchronized (lock) {
            faults.add(fault);
        }
    }

    /** To be asked before a call does anything; throws what is to be thrown then. */
    void before(C call) {
        strike(call, false);
    }

    /** To be asked when a call has done what it should. */
    void after(C call) {
        strike(call, true);
    }

    private void strike(C call, boolean afterwards) {
        Fault<C> fault = take(call, afterwards);
        if (fault != null) {
            throw fault.exception.apply(call);
        }
    }

    private @Nullable Fault<C> take(C call, boolean afterwards) {
        synchronized (lock) {
            for (Iterator<Fault<C>> all = faults.iterator(); all.hasNext(); ) {
                Fault<C> fault = all.next();
                if (fault.afterwards == afterwards && fault.matching.test(call)) {
                    if (fault.remaining != Integer.MAX_VALUE && --fault.remaining == 0) {
                        all.remove();
                    }
                    struck++;
                    return fault;
                }
            }
            return null;
        }
    }

    private static final class Fault<C> {

        private int remaining;
        private final Predicate<? super C> matching;
        private final Function<? super C, ? extends RuntimeException> exception;
        private final boolean afterwards;

        Fault(
                int calls,
                Predicate<? super C> matching,
                Function<? super C, ? extends RuntimeException> exception,
                boolean afterwards) {
            if (calls < 1) {
                throw new IllegalArgumentException("At least one call must fail, not " + calls + ".");
            }
            this.remaining = calls;
            this.matching = Objects.requireNonNull(matching, "matching");
            this.exception = Objects.requireNonNull(exception, "exception");
            this.afterwards = afterwards;
        }
    }
}
