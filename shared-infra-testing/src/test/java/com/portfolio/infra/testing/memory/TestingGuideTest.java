package com.portfolio.infra.testing.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.portfolio.infra.ports.eventstore.AppendOutcomeUnknownException;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.EventStoreUnavailableException;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.TestClock;
import com.portfolio.infra.testing.memory.AccountEvent.Registered;
import com.portfolio.infra.testing.memory.AccountEvent.Renamed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The snippets of docs/testing.md. */
class TestingGuideTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A service, as small as it can be. */
    private record Accounts(EventStore store) {

        void register(String id, String name) {
            store.append("account-" + id, List.of(new Registered(name)));
        }
    }

    private final TestClock clock = TestClock.at("2026-01-31T12:00:00Z");
    private final InMemoryEventStore store = new InMemoryEventStore(AccountEvent.CODEC, clock);
    private final InMemoryEventLog log = new InMemoryEventLog(store);
    private final Accounts accounts = new Accounts(store);

    @Test
    void aServiceIsTestedByItsEvents() {
        accounts.register("1", "Ada");

        assertThat(store.load("account-1").payloads(AccountEvent.class)).containsExactly(new Registered("Ada"));
    }

    @Test
    void aStoreCanBeAway() {
        store.appendFaults().failNext(2, call -> new EventStoreUnavailableException("The database is away.", null));

        assertThatThrownBy(() -> accounts.register("1", "Ada")).isInstanceOf(EventStoreUnavailableException.class);
    }

    @Test
    void anAnswerCanBeLost() {
        store.loseNextAnswer();

        assertThatThrownBy(() -> accounts.register("1", "Ada"))
                .isInstanceOfSatisfying(
                        AppendOutcomeUnknownException.class,
                        e -> assertThat(store.append(e.request()).deduplicated())
                                .isTrue());
    }

    @Test
    void anAppendCanStayOpen() {
        HeldAppend held = store.holdNextAppend(request -> true);
        CompletableFuture<Void> registering = CompletableFuture.runAsync(() -> accounts.register("1", "Ada"));
        held.awaitReached(PATIENCE);
        store.append("account-2", List.of(new Renamed("Grace")));

        assertThat(log.read(LogQuery.after(Position.START)).events()).isEmpty();
        held.release();

        Eventually.within(PATIENCE)
                .pass(() -> assertThat(log.read(LogQuery.after(Position.START)).events())
                        .hasSize(2));
        registering.join();
    }
}
