package com.portfolio.infra.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.crash.Report.Acknowledged;
import com.portfolio.infra.crash.Report.Intended;
import com.portfolio.infra.crash.Report.Reached;
import com.portfolio.infra.crash.Report.Refused;
import com.portfolio.infra.crash.Report.Seen;
import com.portfolio.infra.crash.Report.Started;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A good history of a few events, and what is said of it when it is spoilt in one way. */
class HistoryCheckTest {

    private static final UUID ONE = new UUID(1, 0);
    private static final UUID TWO = new UUID(2, 0);
    private static final UUID THREE = new UUID(3, 0);

    /** Request one: two events of stream a. Request two: one event of b. Request three: one more of a. */
    private final StoredEvent a1 = stored(1, "a", 1, ONE, 0);

    private final StoredEvent a2 = stored(2, "a", 2, ONE, 1);
    private final StoredEvent b1 = stored(5, "b", 1, TWO, 0);
    private final StoredEvent a3 = stored(7, "a", 3, THREE, 0);

    private List<StoredEvent> log = new ArrayList<>(List.of(a1, a2, b1, a3));
    private long rows = 4;
    private final Map<String, History.Stream> streams = new HashMap<>(Map.of(
            "a", new History.Stream(3, List.of(a1, a2, a3)),
            "b", new History.Stream(1, List.of(b1))));
    private final List<Report> writer = new ArrayList<>(List.of(
            new Intended(ONE, "a", 0, List.of(id(ONE, 0), id(ONE, 1))),
            new Intended(TWO, "b", Intended.ANY_VERSION, List.of(id(TWO, 0))),
            new Acknowledged(ONE, 2, List.of(1L, 2L), false),
            new Acknowledged(TWO, 1, List.of(5L), false),
            new Intended(THREE, "a", 2, List.of(id(THREE, 0))),
            new Acknowledged(THREE, 3, List.of(7L), true)));
    private final List<Report> watcher = new ArrayList<>(List.of(
            new Started(0),
            seen(a1),
            seen(a2),
            new Reached(2),
            seen(b1),
            new Started(2),
            seen(b1),
            seen(a3),
            new Reached(8)));
    private final Map<String, Tally> projection = new HashMap<>(Map.of(
            "a",
            Tally.NONE.plus(1, 1, a1.id()).plus(2, 2, a2.id()).plus(3, 7, a3.id()),
            "b",
            Tally.NONE.plus(1, 5, b1.id())));

    @Test
    void aGoodHistoryHasNoProblem() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void anAcknowledgedEventThatIsGoneIsLost() {
        log.remove(a3);
        rows = 3;
        streams.put("a", new History.Stream(2, List.of(a1, a2)));
        assertThat(problems()).anyMatch(problem -> problem.startsWith("lost: event " + a3.id()));
    }

    @Test
    void aRequestThatWasNeverAnsweredMayBeStored() {
        writer.removeIf(report -> report instanceof Acknowledged);
        assertThat(problems()).isEmpty();
    }

    @Test
    void anAcknowledgementOfAnotherVersionIsAMovedEvent() {
        writer.add(new Acknowledged(THREE, 4, List.of(7L), true));
        assertThat(problems()).singleElement().asString().startsWith("moved: " + a3);
    }

    @Test
    void anAcknowledgementOfAnotherPositionIsAMovedEvent() {
        writer.add(new Acknowledged(ONE, 2, List.of(1L, 3L), true));
        assertThat(problems()).singleElement().asString().startsWith("moved: " + a2);
    }

    @Test
    void anEventThatIsStoredTwiceIsADouble() {
        StoredEvent again = stored(9, "a", 4, THREE, 0);
        log.add(again);
        assertThat(problems()).anyMatch(problem -> problem.startsWith("double: the log has a second " + again));
    }

    @Test
    void aVersionThatNobodyHasIsAHole() {
        StoredEvent late = stored(7, "a", 4, THREE, 0);
        log.set(3, late);
        assertThat(problems()).contains("hole: the log has " + late + " where version 3 was due");
    }

    @Test
    void aStreamBeyondItsEventsHasAHole() {
        streams.put("b", new History.Stream(2, List.of(b1)));
        assertThat(problems()).containsExactly("hole: stream b is at version 2 with 1 events");
    }

    @Test
    void aStreamThatShowsLessThanTheLogDiffersFromIt() {
        streams.put("a", new History.Stream(3, List.of(a1, a3)));
        assertThat(problems()).singleElement().asString().startsWith("differs: stream a");
    }

    @Test
    void positionsThatGoBackAreOutOfOrder() {
        log = new ArrayList<>(List.of(a1, a2, a3, b1));
        assertThat(problems()).contains("order: the log shows " + b1 + " after position 7");
    }

    @Test
    void anEventThatTheLogDoesNotShowIsSkipped() {
        rows = 5;
        assertThat(problems()).containsExactly("skipped: the log shows 4 events of 5 that are in the table");
    }

    @Test
    void anEventThatNobodyMeantToStoreIsUnasked() {
        writer.removeIf(report -> report.line().contains(TWO.toString()));
        assertThat(problems()).containsExactly("unasked: no request was about " + b1);
    }

    @Test
    void aRequestThatIsStoredByHalfIsPartial() {
        writer.set(0, new Intended(ONE, "a", 0, List.of(id(ONE, 0), id(ONE, 1), id(ONE, 2))));
        writer.remove(2);
        assertThat(problems()).singleElement().asString().startsWith("partial: request " + ONE);
    }

    @Test
    void aRequestWithAStrangerInItsMiddleIsTornApart() {
        UUID four = new UUID(4, 0);
        StoredEvent before = stored(8, "a", 4, four, 0);
        StoredEvent stranger = stored(9, "a", 5, TWO, 1);
        StoredEvent after = stored(10, "a", 6, four, 1);
        log.addAll(List.of(before, stranger, after));
        writer.add(new Intended(four, "a", Intended.ANY_VERSION, List.of(before.id(), after.id())));
        assertThat(problems()).anyMatch(problem -> problem.startsWith("apart: " + after));
    }

    @Test
    void anEventThatWasDecidedOnAnotherVersionIsMisplaced() {
        writer.set(4, new Intended(THREE, "a", 1, List.of(id(THREE, 0))));
        assertThat(problems()).containsExactly("misplaced: " + a3 + " was decided on version 1");
    }

    @Test
    void aRequestThatIsStoredThoughRefusedIsDenied() {
        writer.set(3, new Refused(TWO, "Unavailable"));
        assertThat(problems()).singleElement().asString().startsWith("denied: request " + TWO);
    }

    @Test
    void anEventThatTheSubscriberPassedByIsSkipped() {
        watcher.subList(4, 7).clear();
        assertThat(problems())
                .containsExactly(
                        "skipped: the subscriber went from position 2 to 7 without " + b1,
                        "skipped: the subscriber never saw " + b1);
    }

    @Test
    void anEventThatTheSubscriberSawOnlyLaterWasSkippedAtFirst() {
        watcher.subList(4, 7).clear();
        watcher.addAll(List.of(new Started(2), seen(b1), seen(a3)));
        assertThat(problems())
                .contains("skipped: the subscriber went from position 2 to 7 without " + b1)
                .anyMatch(problem -> problem.startsWith("order: the subscriber saw " + b1 + " for the first time"));
    }

    @Test
    void aCheckpointThatCameBeforeItsEventSkipsIt() {
        watcher.add(4, new Reached(5));
        watcher.set(6, new Started(5));
        watcher.subList(5, 8).removeIf(report -> report instanceof Seen);
        assertThat(problems()).contains("skipped: the subscriber's checkpoint came to position 5 without " + b1);
    }

    @Test
    void aSubscriberThatBeginsWhereItNeverWasSkips() {
        watcher.set(5, new Started(4));
        assertThat(problems())
                .containsExactly("skipped: the subscriber began after position 4, which it had not reached");
    }

    @Test
    void aSubscriberThatIsHandedTheSameAgainWithoutARestartIsOutOfOrder() {
        watcher.add(8, seen(a3));
        assertThat(problems()).containsExactly("order: the subscriber saw " + a3 + " after position 7");
    }

    @Test
    void anEventThatIsNotThereIsAGhost() {
        watcher.add(new Seen(9, "a", 4, id(THREE, 1)));
        assertThat(problems()).singleElement().asString().startsWith("ghost:");
    }

    @Test
    void anEffectThatIsMissingOrDoubledShowsInTheProjection() {
        projection.put("b", Tally.NONE.plus(1, 5, b1.id()).plus(1, 5, b1.id()));
        assertThat(problems()).singleElement().asString().startsWith("projected: stream b");
        projection.remove("b");
        assertThat(problems()).singleElement().asString().startsWith("projected: stream b");
    }

    @Test
    void whatAChildProcessSaysIsUnderstood() {
        List<Report> reports = new ArrayList<>(writer);
        reports.addAll(watcher);
        reports.add(new Refused(ONE, "WrongExpectedVersion"));
        reports.add(new Report.Unknown(TWO));
        assertThat(reports)
                .allSatisfy(report -> assertThat(Report.parse(report.line())).isEqualTo(report));
    }

    private List<String> problems() {
        return HistoryCheck.problems(new History(log, rows, streams, writer, watcher, projection));
    }

    private static UUID id(UUID request, int index) {
        return new UUID(request.getMostSignificantBits(), index + 1L);
    }

    private static StoredEvent stored(long position, String stream, long version, UUID request, int index) {
        return new StoredEvent(position, stream, version, id(request, index), request, index);
    }

    private static Seen seen(StoredEvent event) {
        return new Seen(event.position(), event.stream(), event.version(), event.id());
    }
}
