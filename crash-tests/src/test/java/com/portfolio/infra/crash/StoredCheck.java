package com.portfolio.infra.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Log and streams by themselves: one order, no hole, no double, and both tell the same. */
final class StoredCheck {

    private final History history;
    private final List<String> problems;

    private StoredCheck(History history, List<String> problems) {
        this.history = history;
        this.problems = problems;
    }

    static void find(History history, List<String> problems) {
        StoredCheck check = new StoredCheck(history, problems);
        check.log();
        check.streams();
    }

    private void log() {
        Set<UUID> ids = new HashSet<>();
        Map<String, Long> versions = new HashMap<>();
        long last = 0;
        for (StoredEvent event : history.log()) {
            if (event.position() <= last) {
                problems.add("order: the log shows " + event + " after position " + last);
            }
            last = event.position();
            if (!ids.add(event.id())) {
                problems.add("double: the log has a second " + event);
            }
            long version = versions.merge(event.stream(), 1L, Long::sum);
            if (event.version() != version) {
                problems.add("hole: the log has " + event + " where version " + version + " was due");
            }
        }
        if (history.rows() != history.log().size()) {
            problems.add("skipped: the log shows " + history.log().size() + " events of " + history.rows()
                    + " that are in the table");
        }
    }

    private void streams() {
        Map<String, List<StoredEvent>> ofLog = new HashMap<>();
        history.log()
                .forEach(event -> ofLog.computeIfAbsent(event.stream(), stream -> new ArrayList<>())
                        .add(event));
        history.streams().forEach((id, stream) -> {
            List<StoredEvent> logged = ofLog.getOrDefault(id, List.of());
            if (!stream.events().equals(logged)) {
                problems.add("differs: stream " + id + " has " + stream.events().size() + " events, the log "
                        + logged.size() + " of it, or other ones");
            }
            if (stream.version() != logged.size()) {
                problems.add("hole: stream " + id + " is at version " + stream.version() + " with " + logged.size()
                        + " events");
            }
        });
        ofLog.keySet().stream()
                .filter(id -> !history.streams().containsKey(id))
                .forEach(id -> problems.add("unasked: nobody meant to write to stream " + id));
    }
}
