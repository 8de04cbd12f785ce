package com.portfolio.infra.crash;

import com.portfolio.infra.crash.Report.Reached;
import com.portfolio.infra.crash.Report.Seen;
import com.portfolio.infra.crash.Report.Started;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A plain subscriber saw every event. From wherever it began it saw one after the other as they stand in
 * the log, and it began nowhere but where it had come before.
 */
final class WatcherCheck {

    private final List<String> problems;
    private final NavigableMap<Long, StoredEvent> log = new TreeMap<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Set<Long> reached = new HashSet<>(Set.of(0L));

    /** The last position that this process is done with. */
    private long at;

    private long firstSightings;

    private WatcherCheck(List<String> problems) {
        this.problems = problems;
    }

    static void find(History history, List<String> problems) {
        WatcherCheck check = new WatcherCheck(problems);
        history.log().forEach(event -> check.log.put(event.position(), event));
        for (Report report : history.watcher()) {
            if (report instanceof Started started) {
                check.started(started.after());
            } else if (report instanceof Seen sighting) {
                check.sighted(sighting);
            } else if (report instanceof Reached checkpoint) {
                check.reached(checkpoint.position());
            }
        }
        for (StoredEvent event : history.log()) {
            if (!check.seen.contains(event.id())) {
                problems.add("skipped: the subscriber never saw " + event);
            }
        }
    }

    private void started(long after) {
        if (!reached.contains(after)) {
            problems.add("skipped: the subscriber began after position " + after + ", which it had not reached");
        }
        at = after;
    }

    private void sighted(Seen sighting) {
        StoredEvent event = log.get(sighting.position());
        if (event == null
                || !event.id().equals(sighting.event())
                || !event.stream().equals(sighting.stream())
                || event.version() != sighting.version()) {
            problems.add("ghost: the subscriber saw " + sighting + ", which is not there");
            return;
        }
        if (sighting.position() <= at) {
            problems.add("order: the subscriber saw " + event + " after position " + at);
        }
        log.subMap(at, false, sighting.position(), false)
                .values()
                .forEach(missed -> problems.add("skipped: the subscriber went from position " + at + " to "
                        + sighting.position() + " without " + missed));
        at = sighting.position();
        if (seen.add(sighting.event())) {
            if (sighting.position() < firstSightings) {
                problems.add(
                        "order: the subscriber saw " + event + " for the first time after position " + firstSightings);
            }
            firstSightings = sighting.position();
        }
    }

    private void reached(long position) {
        log.subMap(at, false, position, true)
                .values()
                .forEach(missed -> problems.add(
                        "skipped: the subscriber's checkpoint came to position " + position + " without " + missed));
        at = Math.max(at, position);
        reached.add(position);
    }
}
