package com.portfolio.infra.utilities.messaging;

import com.portfolio.infra.ports.messaging.DeadLetter.Failure.Kind;
import com.portfolio.infra.ports.messaging.SubscriptionRequest;
import com.portfolio.infra.ports.messaging.SubscriptionStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where the threads of a consumer meet: the one that asks the source puts messages in and collects what is done, those
 * that call the handler take them and say what becomes of them. Thread-safe; nothing from outside is called under the lock.
 */
final class Desk<D extends Delivery> {

    /** A worker that has had nothing to do for so long goes. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What part of a turn to wait for more room, where there is a little. */
    private static final int SHORT_PART = 16;

    private final Clock clock;
    private final int concurrency;
    private final int maxInFlight;
    private final long turnNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Lanes<D> lanes;
    private final Progress progress;
    private final Circuit circuit;

    /** Dead letters that could not be stored yet. */
    private final Set<Held<D>> unstored = new LinkedHashSet<>();

    private List<D> done = new ArrayList<>();
    private int idle;

    /** What {@link #progress} says, for workers between two messages. */
    private volatile boolean mayBegin = true;

    /**
     * A desk.
     *
     * @param turn how long the thread that asks the source waits for room, and how often the clock is looked at, which may
     *             be a test's that tells nobody when it is moved
     */
    Desk(SubscriptionRequest<?> request, Clock clock, Duration turn) {
        this.clock = clock;
        this.concurrency = request.concurrency();
        this.maxInFlight = request.maxInFlight();
        this.turnNanos = turn.toNanos();
        this.lanes = new Lanes<>(request.ordering());
        this.progress = new Progress(clock);
        this.circuit = new Circuit(request.pause());
    }

    // For the thread that asks the source

    /** Puts messages in, and others that the group is done with at once. */
    void put(List<D> wanted, List<D> unwanted) {
        with(() -> {
            wanted.forEach(lanes::add);
            done.addAll(unwanted);
            wakeWorkers(lanes.ready());
        });
    }

    /** How many workers are missing. */
    int missingWorkers() {
        return get(() -> {
            lanes.wakeDue(clock.instant());
            return Math.max(0, mayBeginNow(lanes.ready()) - idle);
        });
    }

    private int mayBeginNow(int wanted) {
        return progress.mayBegin() ? circuit.allowed(wanted, clock.instant()) : 0;
    }

    /** What the group is done with, since this was asked last. */
    List<D> takeDone() {
        return get(() -> {
            List<D> taken = done;
            done = new ArrayList<>();
            return taken;
        });
    }

    /** How many messages there is room for. Waits for room, and a moment longer for more than a little. */
    int awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = awaitUntil(() -> room() > 0 || progress.isOver(), turnNanos);
            awaitUntil(() -> room() >= maxInFlight / 2 || progress.isOver(), Math.min(left, turnNanos / SHORT_PART));
            return room();
        } finally {
            lock.unlock();
        }
    }

    private int room() {
        return progress.mayBegin() ? Math.max(0, maxInFlight - lanes.size()) : 0;
    }

    /** Begins none of those any more. */
    void revoke(Predicate<? super D> which) {
        with(() -> withdraw(which));
    }

    /** Whether nobody is at work on one of those; waits for that. */
    boolean awaitIdle(Predicate<? super D> which, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitUntil(() -> lanes.busy(which).isEmpty(), patience.toNanos());
            return lanes.busy(which).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link Intake#lose}. */
    void lose(Predicate<? super D> which) {
        with(() -> {
            withdraw(which);
            lanes.busy(which).forEach(Held::lose);
        });
    }

    private void withdraw(Predicate<? super D> which) {
        lanes.withdraw(which);
        unstored.removeIf(Held::isWithdrawn);
    }

    void joined() {
        with(progress::join);
    }

    void brokerLost(String reason) {
        with(() -> progress.lose(reason));
    }

    void brokerFound() {
        with(progress::find);
    }

    /** Waits before the broker is looked for again, unless there is reason to end. */
    void pauseFor(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitUntil(progress::isEnding, pause.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** Ends a subscription that stops by itself, once no handler runs. */
    void endIfStopped() {
        if (get(() -> progress.isStopping() && lanes.busy() == 0)) {
            end();
        }
    }

    boolean isOver() {
        return get(progress::isOver);
    }

    // For workers

    /**
     * Takes messages to work on, and waits for them. None: the worker is not needed any more.
     *
     * @param most how many at most; fewer if that left nothing to others
     */
    Batch<D> take(int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = IDLE_NANOS;
            while (!progress.isEnding()) {
                lanes.wakeDue(clock.instant());
                int allowed = mayBeginNow(lanes.ready());
                if (allowed > 0) {
                    List<Held<D>> taken = lanes.take(Math.max(1, Math.min(most, allowed / concurrency)));
                    circuit.begin(taken.size());
                    return new Batch<>(taken);
                }
                if (left <= 0) {
                    break;
                }
                long wait = Math.min(left, nextBeginning().map(this::nanosUntil).orElse(left));
                idle++;
                try {
                    left -= wait - work.awaitNanos(wait);
                } finally {
                    idle--;
                }
            }
            return new Batch<>(List.of());
        } finally {
            lock.unlock();
        }
    }

    /** When there is something to look at again, if nobody says so before. */
    private Optional<Instant> nextBeginning() {
        return circuit.openUntil().or(lanes::nextDue);
    }

    private long nanosUntil(Instant due) {
        Duration wait = Duration.between(clock.instant(), due);
        return wait.compareTo(Duration.ofNanos(turnNanos)) < 0 ? wait.toNanos() : turnNanos;
    }

    boolean mayBegin() {
        return mayBegin;
    }

    /**
     * Says what becomes of messages, and gives the others back.
     *
     * @return those that are to be stored as dead letters, and are kept until they are
     */
    List<Held<D>> settle(List<Batch.Judged<D>> judged, List<Held<D>> untouched) {
        List<Held<D>> letters = new ArrayList<>(0);
        with(() -> {
            settle(judged, untouched, letters);
            // One of them is for the worker that is asking.
            wakeWorkers(lanes.ready() - 1);
        });
        return letters;
    }

    /** The same in place of a worker who is busy, but for dead letters. */
    void relieve(List<Batch.Judged<D>> judged, List<Held<D>> untouched) {
        if (!judged.isEmpty() || !untouched.isEmpty()) {
            with(() -> {
                settle(judged, untouched, List.of());
                wakeWorkers(lanes.ready());
            });
        }
    }

    private void settle(List<Batch.Judged<D>> judged, List<Held<D>> untouched, List<Held<D>> letters) {
        judged.forEach(each -> settle(each.held(), each.verdict(), letters));
        for (int i = untouched.size() - 1; i >= 0; i--) {
            lanes.giveBack(untouched.get(i));
            circuit.giveBack();
        }
    }

    private void settle(Held<D> held, Verdict verdict, List<Held<D>> letters) {
        if (held.isLost()) {
            circuit.giveBack();
            lanes.finish(held);
        } else if (verdict instanceof Verdict.Done) {
            circuit.succeed();
            finish(held);
        } else if (verdict instanceof Verdict.Retry retry) {
            circuit.fail(clock.instant());
            held.countAttempt();
            lanes.waitUntil(held, clock.instant().plus(retry.delay()));
        } else if (verdict instanceof Verdict.Postpone postpone) {
            circuit.fail(clock.instant());
            lanes.waitUntil(held, clock.instant().plus(postpone.delay()));
        } else if (verdict instanceof Verdict.Letter letter) {
            judgeLetter(letter);
            held.becomeLetter(letter);
            letters.add(held);
        } else {
            lanes.giveBack(held);
            progress.stop(((Verdict.Stop) verdict).reason());
        }
    }

    /** That a message can't be decoded says nothing of its handler. */
    private void judgeLetter(Verdict.Letter letter) {
        if (letter.failure().kind() == Kind.EXHAUSTED) {
            circuit.fail(clock.instant());
        } else {
            circuit.giveBack();
        }
    }

    private void finish(Held<D> held) {
        done.add(held.delivery());
        lanes.finish(held);
    }

    /** A dead letter was stored. */
    void stored(Held<D> held) {
        with(() -> {
            unstored.remove(held);
            if (held.isLost()) {
                lanes.finish(held);
            } else {
                finish(held);
            }
            wakeWorkers(lanes.ready());
        });
    }

    /** A dead letter was not stored, and is tried again after a time. */
    void notStored(Held<D> held, Duration delay) {
        with(() -> {
            if (!held.isWithdrawn()) {
                unstored.add(held);
            }
            lanes.waitUntil(held, clock.instant().plus(delay));
        });
    }

    // For everybody

    void pause(boolean whether) {
        with(() -> {
            progress.pause(whether);
            wakeWorkers(lanes.ready());
        });
    }

    void stop(String reason) {
        with(() -> progress.stop(reason));
    }

    void beginClosing() {
        with(() -> {
            progress.close();
            work.signalAll();
        });
    }

    /** Whether nobody is at work any more; waits for that. */
    boolean awaitDrained(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitUntil(() -> lanes.busy() == 0, patience.toNanos());
            return lanes.busy() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing has an effect any more. */
    void end() {
        lose(any -> true);
        with(() -> {
            progress.end();
            work.signalAll();
        });
    }

    boolean isOpen() {
        return get(() -> !progress.isEnding());
    }

    /**
     * How the subscription is doing.
     *
     * @param overdue which handler does not return, if one does not
     */
    SubscriptionStatus status(Optional<String> overdue) {
        return get(() -> progress.status(
                lanes.size(), unstoredLetter().or(circuit::reason).or(() -> overdue)));
    }

    private Optional<String> unstoredLetter() {
        return unstored.stream()
                .findFirst()
                .map(held -> "Dead letters can't be stored; message "
                        + held.delivery().name() + " waits.");
    }

    private void wakeWorkers(int most) {
        for (int i = 0; i < Math.min(idle, most); i++) {
            work.signal();
        }
    }

    /** What is left of the time. */
    private long awaitUntil(BooleanSupplier condition, long nanos) throws InterruptedException {
        long left = nanos;
        while (!condition.getAsBoolean() && left > 0) {
            left = settled.awaitNanos(left);
        }
        return left;
    }

    private void with(Runnable action) {
        get(() -> {
            action.run();
            mayBegin = progress.mayBegin() && circuit.mayGoOn();
            settled.signalAll();
            return true;
        });
    }

    private <R> R get(Supplier<R> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
