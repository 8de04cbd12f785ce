package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetterPage;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.RedriveRequest;
import com.portfolio.infra.ports.messaging.RedriveResult;
import com.portfolio.infra.utilities.messaging.WireMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The dead letters of a group, from the oldest on. Guarded by the broker's lock. */
final class DeadLetters {

    private final NavigableMap<Long, Stored> letters = new TreeMap<>();
    private long lastId;

    private record Stored(DeadLetter letter, StoredMessage message) {}

    /** What the next letter will be. */
    DeadLetter letter(String group, HeldMessage held, int attempts, DeadLetter.Failure failure, Instant now) {
        StoredMessage message = held.message();
        return new DeadLetter(
                Long.toString(lastId + 1),
                group,
                InMemoryBroker.DESTINATION,
                Long.toString(message.position()),
                message.wire().header(WireMessage.ID),
                message.type(),
                message.key(),
                message.wire().headers(),
                message.wire().data(),
                attempts,
                failure,
                now,
                message.redriveCount());
    }

    void add(DeadLetter letter, StoredMessage message) {
        lastId++;
        letters.put(lastId, new Stored(letter, message));
    }

    DeadLetterPage page(DeadLetterQuery query) {
        long after = query.cursor().map(DeadLetters::number).orElse(0L);
        List<DeadLetter> found = new ArrayList<>();
        Optional<DeadLetterQuery> next = Optional.empty();
        for (Map.Entry<Long, Stored> entry : letters.tailMap(after, false).entrySet()) {
            if (found.size() == query.limit()) {
                next = Optional.of(query.after(found.get(found.size() - 1).id()));
                break;
            }
            found.add(entry.getValue().letter());
        }
        return new DeadLetterPage(found, next);
    }

    RedriveResult redrive(RedriveRequest request, Consumer<StoredMessage> group) {
        int redriven = 0;
        int capped = 0;
        for (Map.Entry<Long, Stored> entry : List.copyOf(letters.entrySet())) {
            StoredMessage message = entry.getValue().message();
            boolean chosen = request.letterIds().isEmpty()
                    || request.letterIds().contains(entry.getValue().letter().id());
            if (redriven == request.limit() || !chosen) {
                continue;
            }
            if (message.redriveCount() >= request.maxRounds()) {
                capped++;
            } else {
                group.accept(message.redriven());
                letters.remove(entry.getKey());
                redriven++;
            }
        }
        return new RedriveResult(redriven, capped);
    }

    boolean drop(String id) {
        return letters.remove(number(id)) != null;
    }

    void dropAll() {
        letters.clear();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
