package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.Message;
import com.portfolio.infra.ports.messaging.PublishFailedException;
import com.portfolio.infra.ports.messaging.PublishReceipt;
import com.portfolio.infra.ports.messaging.StartFrom;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@link InMemoryMessageBus}es of several services meet at, in memory, for tests.
 *
 * <p>Keeps all messages in one destination, and what each group has done with. A bus can be closed and
 * another one opened: its groups go on where they were. Thread-safe; has no threads of its own.
 */
public final class InMemoryBroker {

    /** Where all messages go. */
    public static final String DESTINATION = "memory";

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<StoredMessage> log = new ArrayList<>();
    private final Map<String, ConsumerGroup> groups = new LinkedHashMap<>();
    private final Set<InMemorySource> connected = new LinkedHashSet<>();
    private final Faults<Message<?>> publishFaults = new Faults<>();
    private final Faults<DeadLetter> deadLetterFaults = new Faults<>();
    private long lastPosition;
    private int acknowledgementsToLose;
    private boolean lost;

    /** A broker that takes the time from the system. */
    public InMemoryBroker() {
        this(Clock.systemUTC());
    }

    /**
     * A broker with a clock of the test's.
     *
     * @param clock says when retries are due and when handlers have run out of time; a test may move it.
     *              Only draining, and the waiting methods here, go by real time
     */
    public InMemoryBroker(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Loses the broker: nothing can be published, handed out or acknowledged, until {@link #restore()}. */
    public void lose() {
        locked(() -> setLost(true));
    }

    /** Brings the broker back, with everything that it had. */
    public void restore() {
        locked(() -> setLost(false));
    }

    /** Down while the broker is lost. */
    public HealthResult health() {
        lock.lock();
        try {
            return lost ? HealthResult.down("The broker is lost.") : HealthResult.up();
        } finally {
            lock.unlock();
        }
    }

    private void setLost(boolean whether) {
        lost = whether;
        connected.forEach(InMemorySource::wakeUp);
    }

    /** What goes wrong with publishing; messages that can't be written are refused before. */
    public Faults<Message<?>> publishFaults() {
        return publishFaults;
    }

    /** What goes wrong with storing dead letters. */
    public Faults<DeadLetter> deadLetterFaults() {
        return deadLetterFaults;
    }

    /** The next publish stores nothing, and its caller is told that this is unknown. */
    public void loseNextPublish() {
        publishFaults.failNext(message -> unacknowledged(message, "the connection was lost"));
    }

    /** The next publish stores its message, and its caller is told that this is unknown. */
    public void loseNextReceipt() {
        publishFaults.failNextAfterwards(1, message -> unacknowledged(message, "the connection was lost"));
    }

    /** The next messages that handlers acknowledge are handed out again, as after a lost acknowledgement. */
    public void loseNextAcknowledgements(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("At least one acknowledgement must be lost, not " + messages + ".");
        }
        locked(() -> acknowledgementsToLose += messages);
    }

    /**
     * Takes all messages of a group away from the members that hold them, as if those had frozen, and hands
     * them out again, to other members if there are any. Handlers that run are cancelled, and what they return is
     * without effect.
     */
    public void takeAway(String group) {
        withGroup(group, found -> {
            found.ifPresent(ConsumerGroup::takeAway);
            return found.isPresent();
        });
    }

    /**
     * Stores a message as somebody without this library may send it, well-formed or not.
     *
     * @param headers as in the binary mode of CloudEvents' Kafka binding, such as {@code ce_id}
     */
    public void put(Map<String, String> headers, byte[] data) {
        WireMessage wire = WireMessage.of(Map.copyOf(headers), data.clone());
        locked(() -> append(wire));
    }

    /** The dead letters of a group. */
    public InMemoryDeadLetterQueue deadLetters(String group) {
        return new InMemoryDeadLetterQueue(this, group);
    }

    /**
     * Waits until that many messages were published.
     *
     * @throws AssertionError if the time ran out
     */
    public void awaitPublished(int messages, Duration timeout) {
        await(
                timeout,
                () -> log.size() >= messages,
                () -> "only " + log.size() + " of " + messages + " messages were" + " published");
    }

    /**
     * Waits until handlers of a group acknowledged that many messages.
     *
     * @throws AssertionError if the time ran out
     */
    public void awaitHandled(String group, int messages, Duration timeout) {
        await(
                timeout,
                () -> handled(group) >= messages,
                () -> "only " + handled(group) + " of " + messages + " messages were handled by group '" + group + "'");
    }

    /**
     * Waits until every group that has members is done with all messages: handled or dead letters.
     *
     * @throws AssertionError if the time ran out
     */
    public void awaitIdle(Duration timeout) {
        await(timeout, () -> busy().isEmpty(), () -> "messages were left: " + busy());
    }

    private int handled(String group) {
        ConsumerGroup found = groups.get(group);
        return found == null ? 0 : found.handled();
    }

    private Map<String, Integer> busy() {
        Map<String, Integer> left = new LinkedHashMap<>();
        groups.values().stream()
                .filter(group -> group.hasMembers() && group.unfinished() > 0)
                .forEach(group -> left.put(group.name(), group.unfinished()));
        return left;
    }

    /**
     * Forgets all messages, dead letters and faults, and what groups have done. Subscriptions stay; what
     * they hold is taken away from them.
     */
    public void clear() {
        locked(() -> {
            log.clear();
            groups.values().forEach(ConsumerGroup::clear);
            groups.values().removeIf(group -> !group.hasMembers());
            publishFaults.clear();
            deadLetterFaults.clear();
            acknowledgementsToLose = 0;
            setLost(false);
        });
    }

    PublishReceipt publish(Message<?> message, WireMessage wire) {
        lock.lock();
        try {
            if (lost) {
                throw unacknowledged(message, "the broker is lost");
            }
            publishFaults.before(message);
            long position = append(wire);
            publishFaults.after(message);
            return new PublishReceipt(message.id(), DESTINATION, Optional.of(Long.toString(position)));
        } finally {
            lock.unlock();
        }
    }

    private static PublishFailedException unacknowledged(Message<?> message, String why) {
        return PublishFailedException.unacknowledged(DESTINATION, message.id(), why, null);
    }

    private long append(WireMessage wire) {
        StoredMessage stored = StoredMessage.published(++lastPosition, wire);
        log.add(stored);
        groups.values().forEach(group -> group.offer(stored));
        progressed();
        return stored.position();
    }

    /** All messages that were published, in order. */
    List<WireMessage> published() {
        lock.lock();
        try {
            return log.stream().map(StoredMessage::wire).toList();
        } finally {
            lock.unlock();
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Under the lock. */
    boolean isLost() {
        return lost;
    }

    /** Under the lock: whether the acknowledgement that is just made is to get lost. */
    boolean losesAcknowledgement() {
        if (acknowledgementsToLose == 0) {
            return false;
        }
        acknowledgementsToLose--;
        return true;
    }

    /** Under the lock: the member hears of loss and return. */
    void connect(InMemorySource member) {
        connected.add(member);
    }

    void disconnect(InMemorySource member) {
        connected.remove(member);
        progressed();
    }

    /** Under the lock: makes the member one of its group, which is new if nobody joined it before. */
    ConsumerGroup join(InMemorySource member, StartFrom start) {
        ConsumerGroup group = groups.computeIfAbsent(member.group(), name -> newGroup(name, start));
        group.join(member);
        return group;
    }

    private ConsumerGroup newGroup(String name, StartFrom start) {
        ConsumerGroup group = new ConsumerGroup(name);
        if (start == StartFrom.EARLIEST) {
            log.forEach(group::offer);
        }
        return group;
    }

    <R> R withGroup(String name, Function<Optional<ConsumerGroup>, R> action) {
        lock.lock();
        try {
            R result = action.apply(Optional.ofNullable(groups.get(name)));
            progressed();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: something may be as somebody waits for. */
    void progressed() {
        progress.signalAll();
    }

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
            progressed();
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration timeout, BooleanSupplier condition, Supplier<String> instead) {
        lock.lock();
        try {
            long left = TimeUnit.NANOSECONDS.convert(timeout);
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("Within " + timeout + " " + instead.get() + ".");
                }
                left = progress.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The thread was interrupted while it waited.", e);
        } finally {
            lock.unlock();
        }
    }
}
