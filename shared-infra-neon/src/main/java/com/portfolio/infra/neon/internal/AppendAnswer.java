package com.portfolio.infra.neon.internal;

import com.portfolio.infra.ports.eventstore.AppendRequest;
import com.portfolio.infra.ports.eventstore.AppendResult;
import com.portfolio.infra.ports.eventstore.EventIdConflictException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.StreamClosedException;
import com.portfolio.infra.ports.eventstore.WrongExpectedVersionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database says to an append.
 *
 * @param status        what became of it
 * @param streamVersion the version after its last event
 * @param actualVersion the stream's version now
 * @param positions     of its events
 * @param age           how long ago the events were recorded; zero if nothing was
 */
public record AppendAnswer(
        Status status, long streamVersion, long actualVersion, List<Position> positions, Duration age) {

    /** Where what stands in the answer of a function that appends; positions follow. */
    private static final int STATUS = 0;

    private static final int STREAM_VERSION = 1;
    private static final int ACTUAL_VERSION = 2;
    private static final int AGE = 3;
    private static final int FIRST_POSITION = 4;

    /** What became of an append, in the order of the database's numbers. */
    public enum Status {
        APPENDED,
        DEDUPLICATED,
        WRONG_EXPECTED_VERSION,
        CONFLICTING_EVENT_IDS,
        ARCHIVED,
        TOMBSTONED
    }

    static AppendAnswer read(ResultSet row, int events) throws SQLException {
        Long[] answer = (Long[]) row.getArray(1).getArray();
        return new AppendAnswer(
                Status.values()[answer[STATUS].intValue()],
                answer[STREAM_VERSION],
                answer[ACTUAL_VERSION],
                readPositions(answer, events),
                Duration.of(answer[AGE], ChronoUnit.MICROS));
    }

    /** All are told, or the first and the last one. */
    private static List<Position> readPositions(Long[] answer, int events) {
        if (answer.length == FIRST_POSITION) {
            return List.of();
        }
        boolean all = answer.length == FIRST_POSITION + events;
        List<Position> positions = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            positions.add(Position.of(all ? answer[FIRST_POSITION + i] : answer[FIRST_POSITION] + i));
        }
        return positions;
    }

    /**
     * Whether an append that went unanswered has the same fate as this repetition of it.
     *
     * <p>The first one may still be on its way. If the repetition stored the events, or found them, the
     * first one can add nothing. If it was refused, the first one will be refused too, unless the stream
     * may come to meet what was expected, or be opened again, before the first one arrives.
     */
    public boolean settles(AppendRequest request) {
        return switch (status) {
            case APPENDED, DEDUPLICATED, CONFLICTING_EVENT_IDS, TOMBSTONED -> true;
            case WRONG_EXPECTED_VERSION -> isPast(request.expected());
            case ARCHIVED -> false;
        };
    }

    /** Whether the stream, which only grows, can't meet the demand any more. */
    private boolean isPast(ExpectedVersion expected) {
        return expected instanceof ExpectedVersion.Exactly exactly
                ? exactly.version() < actualVersion
                : expected instanceof ExpectedVersion.NoStream;
    }

    /** The same answer from the point of view of a call that began some time ago, and may have stored the events. */
    public AppendAnswer asOfCallThatTook(Duration elapsed) {
        return status == Status.DEDUPLICATED && age.compareTo(elapsed) <= 0
                ? new AppendAnswer(Status.APPENDED, streamVersion, actualVersion, positions, age)
                : this;
    }

    /** The result, or the exception that says why there is none. */
    public AppendResult resultOf(AppendRequest request) {
        return switch (status) {
            case APPENDED, DEDUPLICATED ->
                new AppendResult(request.stream(), streamVersion, positions, status == Status.DEDUPLICATED);
            case WRONG_EXPECTED_VERSION ->
                throw new WrongExpectedVersionException(request.stream(), request.expected(), actualVersion);
            case CONFLICTING_EVENT_IDS -> throw new EventIdConflictException(request.stream());
            case ARCHIVED -> throw new StreamClosedException(request.stream(), StreamClosedException.Reason.ARCHIVED);
            case TOMBSTONED ->
                throw new StreamClosedException(request.stream(), StreamClosedException.Reason.TOMBSTONED);
        };
    }
}
