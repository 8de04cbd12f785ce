package com.portfolio.infra.utilities.messaging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a worker has taken at once, of a lane each. When he is slow with one of them others relieve him of the rest,
 * and of those that he is done with: a message waits for others of its key alone. Thread-safe; each message is given out
 * once, and each judgement too.
 */
final class Batch<D extends Delivery> {

    private final List<Held<D>> taken;
    private List<Judged<D>> judged = new ArrayList<>();
    private int next;

    Batch(List<Held<D>> taken) {
        this.taken = taken;
    }

    /**
     * What is to become of a message.
     *
     * @param held    the message
     * @param verdict what
     */
    record Judged<D extends Delivery>(Held<D> held, Verdict verdict) {}

    boolean isEmpty() {
        return taken.isEmpty();
    }

    int size() {
        return taken.size();
    }

    /** The next message to work on; null if there is none left. */
    synchronized @Nullable Held<D> next() {
        return next < taken.size() ? taken.get(next++) : null;
    }

    /** All that was not given out; nothing is left then. */
    synchronized List<Held<D>> rest() {
        List<Held<D>> rest = taken.subList(next, taken.size());
        next = taken.size();
        return rest;
    }

    synchronized void judge(Held<D> held, Verdict verdict) {
        judged.add(new Judged<>(held, verdict));
    }

    /** What was judged and not given out yet. */
    synchronized List<Judged<D>> judged() {
        List<Judged<D>> all = judged;
        judged = new ArrayList<>(0);
        return all;
    }

    /** The same, but for dead letters, which are the worker's to store. */
    synchronized List<Judged<D>> judgedButLetters() {
        List<Judged<D>> all = judged;
        judged = new ArrayList<>(all);
        judged.removeIf(each -> !(each.verdict() instanceof Verdict.Letter));
        all.removeIf(each -> each.verdict() instanceof Verdict.Letter);
        return all;
    }
}
