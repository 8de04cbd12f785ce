package com.portfolio.infra.crash;

import com.portfolio.infra.crash.Report.Acknowledged;
import com.portfolio.infra.crash.Report.Intended;
import com.portfolio.infra.crash.Report.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was asked for and answered, held against what is stored. */
final class RequestCheck {

    private final List<String> problems;
    private final Map<UUID, Intended> requests = new HashMap<>();
    private final Map<UUID, StoredEvent> stored = new HashMap<>();

    private RequestCheck(List<String> problems) {
        this.problems = problems;
    }

    static void find(History history, List<String> problems) {
        RequestCheck check = new RequestCheck(problems);
        for (Report report : history.writer()) {
            if (report instanceof Intended request) {
                check.requests.put(request.request(), request);
            }
        }
        history.log().forEach(event -> check.stored.put(event.id(), event));
        history.log().forEach(check::intended);
        check.requests.values().forEach(check::whole);
        for (Report report : history.writer()) {
            if (report instanceof Acknowledged answer) {
                check.acknowledged(answer);
            } else if (report instanceof Refused answer) {
                check.refused(answer);
            }
        }
    }

    private void intended(StoredEvent event) {
        Intended request = requests.get(event.request());
        boolean meant = request != null
                && request.stream().equals(event.stream())
                && event.index() < request.events().size()
                && request.events().get(event.index()).equals(event.id());
        if (!meant) {
            problems.add("unasked: no request was about " + event);
        }
    }

    /** All events of a request or none, side by side, where they were meant to be. */
    private void whole(Intended request) {
        List<StoredEvent> found = storedOf(request);
        if (found.isEmpty()) {
            return;
        }
        if (found.size() != request.events().size()) {
            problems.add("partial: request " + request.request() + " to " + request.stream() + " has " + found.size()
                    + " of " + request.events().size() + " events stored");
        }
        long first = found.get(0).version();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).version() != first + i) {
                problems.add("apart: " + found.get(i) + " does not follow the one before it in its request");
            }
        }
        if (request.basedOn() != Intended.ANY_VERSION && first != request.basedOn() + 1) {
            problems.add("misplaced: " + found.get(0) + " was decided on version " + request.basedOn());
        }
    }

    private List<StoredEvent> storedOf(Intended request) {
        return request.events().stream()
                .map(this::find)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private @Nullable StoredEvent find(UUID id) {
        return stored.get(id);
    }

    private void acknowledged(Acknowledged answer) {
        Intended request = Objects.requireNonNull(requests.get(answer.request()), "an answer comes after its request");
        int size = request.events().size();
        for (int i = 0; i < size; i++) {
            UUID id = request.events().get(i);
            StoredEvent event = stored.get(id);
            long version = answer.version() - size + 1 + i;
            if (event == null) {
                problems.add("lost: event " + id + " was acknowledged at version " + version + " of " + request.stream()
                        + " and position " + answer.positions().get(i));
            } else if (event.version() != version
                    || answer.positions().size() != size
                    || event.position() != answer.positions().get(i)) {
                problems.add("moved: " + event + " was acknowledged at version " + version + " and positions "
                        + answer.positions());
            }
        }
    }

    private void refused(Refused answer) {
        Intended request = Objects.requireNonNull(requests.get(answer.request()), "an answer comes after its request");
        if (!storedOf(request).isEmpty()) {
            problems.add("denied: request " + request.request() + " to " + request.stream() + " is stored, at "
                    + storedOf(request).get(0) + ", though it was said not to be: " + answer.why());
        }
    }
}
