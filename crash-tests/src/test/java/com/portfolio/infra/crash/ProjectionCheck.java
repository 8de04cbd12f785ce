package com.portfolio.infra.crash;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The projection holds what the log adds up to, each event once. */
final class ProjectionCheck {

    private ProjectionCheck() {}

    static void find(History history, List<String> problems) {
        Map<String, Tally> expected = new TreeMap<>();
        for (StoredEvent event : history.log()) {
            Tally before = expected.getOrDefault(event.stream(), Tally.NONE);
            expected.put(event.stream(), before.plus(event.version(), event.position(), event.id()));
        }
        expected.forEach((stream, tally) -> {
            Tally actual = history.projection().getOrDefault(stream, Tally.NONE);
            if (!actual.equals(tally)) {
                problems.add("projected: stream " + stream + " has the effect of " + actual + ", not of " + tally);
            }
        });
        history.projection().keySet().stream()
                .filter(stream -> !expected.containsKey(stream))
                .forEach(stream -> problems.add("projected: stream " + stream + " has an effect and no event"));
    }
}
