package com.portfolio.infra.ports.eventstore;

import com.portfolio.infra.ports.event.Correlation;
import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventEncodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends events to streams and reads them back in order.
 *
 * <p>A stream's version is the number of events ever appended to it; a stream that nobody wrote to has
 * version 0, its first event version 1. An append stores all of its events or none, whatever breaks; no
 * number of writers leaves a hole or a double. What is read equals what was appended.
 *
 * <p>Calls block until the store has answered. Thread-safe. Every implementation passes
 * {@code EventStoreContract} of {@code shared-infra-testing}.
 */
public interface EventStore {

    /**
     * Appends events if the stream is as the request demands.
     *
     * <p>Event ids make this idempotent within the stream: if the very same ids are there already, in
     * their order and one after the other, nothing is stored and the result is that of the first time,
     * whatever version is expected. So a call whose answer was lost is repeated with the same request. An
     * empty request stores nothing, but still checks the version.
     *
     * <p>When the connection breaks in the middle, the store finds out what became of the append by
     * repeating it, within its own time limit.
     *
     * @return the stream's new version and the events' positions
     * @throws EventEncodingException         if a payload can't be written; nothing was sent
     * @throws WrongExpectedVersionException  if the stream is elsewhere; nothing was stored
     * @throws EventIdConflictException       if some of the ids are in the stream but not all of them, or
     *         not in this order; nothing was stored
     * @throws StreamClosedException          if the stream is archived or was tombstoned, whatever version is
     *         expected; nothing was stored. Repeating events that an archived stream has is no error
     * @throws AppendOutcomeUnknownException  if it could not be found out whether the events were stored;
     *         repeating the request is safe
     * @throws EventStoreUnavailableException if the store can't be reached; nothing was stored
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself;
     *         nothing was stored
     */
    AppendResult append(AppendRequest request);

    /**
     * Reads a part of a stream, as it is at one moment.
     *
     * <p>An unknown stream is empty, not an error, and a tombstoned one reads as if nobody had ever written
     * to it: no events, version 0. Memory is bounded by the limit.
     *
     * @throws EventStoreUnavailableException if the store can't be reached
     * @throws EventStoreFailedException      if the store refused for a reason that will not pass by itself
     */
    StreamPage read(StreamQuery query);

    /**
     * Appends events whatever the stream's version is. They carry the
     * {@linkplain Correlation#current() correlation} of the current thread.
     *
     * <p>The events get new ids with each call, so that repeating this call, unlike repeating a
     * {@linkplain #append(AppendRequest) request}, appends them again.
     *
     * @see #append(AppendRequest)
     */
    default AppendResult append(String streamId, List<? extends DomainEvent> events) {
        return append(streamId, ExpectedVersion.any(), events);
    }

    /**
     * Appends events if the stream is as expected. They carry the
     * {@linkplain Correlation#current() correlation} of the current thread, and get new ids with each call.
     *
     * @see #append(AppendRequest)
     */
    default AppendResult append(String streamId, ExpectedVersion expected, List<? extends DomainEvent> events) {
        return append(AppendRequest.of(streamId, expected, events));
    }

    /**
     * Loads all events of a stream, into memory. For streams of any length there is {@link #read}.
     *
     * @see #read(StreamQuery)
     */
    default LoadedStream load(String streamId) {
        return loadFromVersion(streamId, 1);
    }

    /**
     * Loads the events of a stream from a version on, itself included, into memory.
     *
     * <p>Events that are appended meanwhile may or may not be among them; the version of the result is
     * that of its last event, so that an append which expects it notices. A stream that is tombstoned
     * meanwhile is empty.
     *
     * @see #read(StreamQuery)
     */
    default LoadedStream loadFromVersion(String streamId, long version) {
        StreamPage page = read(StreamQuery.forward(streamId).from(version));
        if (page.next().isEmpty()) {
            return new LoadedStream(page.stream(), page.version(), page.events());
        }
        List<RecordedEvent> events = new ArrayList<>(page.events());
        while (page.next().isPresent()) {
            page = read(page.next().get());
            if (page.version() == 0) {
                return new LoadedStream(page.stream(), 0, List.of());
            }
            events.addAll(page.events());
        }
        return new LoadedStream(page.stream(), page.version(), events);
    }
}
