package com.portfolio.infra.testing.memory;

import com.portfolio.infra.ports.messaging.BrokerUnavailableException;
import com.portfolio.infra.ports.messaging.DeadLetter;
import com.portfolio.infra.ports.messaging.DeadLetterPage;
import com.portfolio.infra.ports.messaging.DeadLetterQuery;
import com.portfolio.infra.ports.messaging.DeadLetterQueue;
import com.portfolio.infra.ports.messaging.RedriveRequest;
import com.portfolio.infra.ports.messaging.RedriveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The dead letters of one group in memory, for tests. Thread-safe.
 *
 * <p>While the {@linkplain InMemoryBroker#lose() broker is lost} every call throws a
 * {@link BrokerUnavailableException} and does nothing. A group that nobody subscribed to has no letters.
 */
public final class InMemoryDeadLetterQueue implements DeadLetterQueue {

    private final InMemoryBroker broker;
    private final String group;

    public InMemoryDeadLetterQueue(InMemoryBroker broker, String group) {
        this.broker = Objects.requireNonNull(broker, "broker");
        this.group = Objects.requireNonNull(group, "group");
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public DeadLetterPage list(DeadLetterQuery query) {
        Objects.requireNonNull(query, "query");
        return call("listing", known -> known.deadLetters().page(query));
    }

    @Override
    public RedriveResult redrive(RedriveRequest request) {
        Objects.requireNonNull(request, "request");
        return call("redriving", known -> known.deadLetters().redrive(request, known::offer));
    }

    @Override
    public boolean drop(String letterId) {
        Objects.requireNonNull(letterId, "letterId");
        return call("dropping", known -> known.deadLetters().drop(letterId));
    }

    @Override
    public void dropAll() {
        call("dropping", known -> {
            known.deadLetters().dropAll();
            return true;
        });
    }

    /** All letters, from the oldest on. */
    public List<DeadLetter> letters() {
        List<DeadLetter> all = new ArrayList<>();
        Optional<DeadLetterQuery> query = Optional.of(DeadLetterQuery.first(DeadLetterQuery.MAX_LIMIT));
        while (query.isPresent()) {
            DeadLetterPage page = list(query.get());
            all.addAll(page.letters());
            query = page.next();
        }
        return all;
    }

    private <R> R call(String what, Function<ConsumerGroup, R> action) {
        return broker.withGroup(group, found -> {
            if (broker.isLost()) {
                throw new BrokerUnavailableException(
                        "The broker is lost, so " + what + " dead letters of group '" + group
                                + "' failed; nothing was done.",
                        null);
            }
            return action.apply(found.orElseGet(() -> new ConsumerGroup(group)));
        });
    }
}
