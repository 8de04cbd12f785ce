package com.portfolio.infra.ports.eventstore;

import java.time.Duration;

/**
 * All events of all streams, in one order.
 *
 * <p>Events are handed out by growing {@linkplain Position position}. A reader that has been given
 * position p is never later shown an event at or before p: an append that is still open holds back what
 * comes after it, and nothing else does. Within a stream positions grow with versions.
 *
 * <p>Subscriptions that catch up and stay live are built over this by {@code CatchUpSubscriptions} of
 * {@code shared-infra-utilities}. Thread-safe. Every implementation passes {@code EventLogContract} of
 * {@code shared-infra-testing}.
 */
public interface EventLog {

    /**
     * Reads a page. Does not wait for events; memory is bounded by the limit.
     *
     * <p>With a filter a page may hold few events or none and yet not be at the end, as a store looks at
     * a bounded number of events for one page.
     *
     * @throws CheckpointRefusedException     if the position is beyond everything that the log ever gave out
     * @throws EventStoreUnavailableException if the store can't be reached
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself
     */
    LogPage read(LogQuery query);

    /**
     * The position up to which events are handed out now; {@link Position#START} if there is none.
     *
     * @throws EventStoreUnavailableException if the store can't be reached
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself
     */
    Position head();

    /**
     * Waits until there are events after a position.
     *
     * <p>Returns soon after an append of the same process, and within the store's polling interval after
     * one of another.
     *
     * @param timeout how long to wait; not negative
     * @return whether there are events; {@code false} when the time has run out
     * @throws InterruptedException           if the thread was interrupted
     * @throws EventStoreUnavailableException if the store can't be reached
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself
     */
    boolean awaitBeyond(Position position, Duration timeout) throws InterruptedException;

    /**
     * Which incarnation of the log this is. Asked anew with each call, as a log can be restored under a
     * running service.
     *
     * @throws EventStoreUnavailableException if the store can't be reached
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself
     */
    LogId id();

    /**
     * Checks that a checkpoint belongs to this log.
     *
     * @throws CheckpointRefusedException     if it is of another incarnation, or beyond everything that the
     *         log ever gave out
     * @throws EventStoreUnavailableException if the store can't be reached
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself
     */
    default void verify(Checkpoint checkpoint) {
        LogId actual = id();
        if (!actual.equals(checkpoint.log())) {
            throw CheckpointRefusedException.ofAnotherLog(checkpoint, actual);
        }
        read(LogQuery.after(checkpoint.position()).limit(1));
    }
}
