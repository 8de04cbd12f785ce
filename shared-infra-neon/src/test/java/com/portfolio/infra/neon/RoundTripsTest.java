package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.event.EventEncodingException;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.EventStore;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.Traffic;
import com.portfolio.infra.utilities.connection.PoolSettings;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each call costs on a line where a round trip is what one waits for. */
class RoundTripsTest {

    /** How long HikariCP takes a connection to be alive without asking. */
    private static final String HIKARI_WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

    /** After so many calls the driver sends the same bytes each time. */
    private static final int ENOUGH_TO_BE_PREPARED = 10;

    /** A lone surrogate is no text that UTF-8 could write. */
    private static final Renamed UNWRITABLE = new Renamed("\ud800");

    @BeforeAll
    static void takeConnectionsToBeAlive() {
        System.setProperty(HIKARI_WINDOW, Long.toString(Duration.ofMinutes(10).toMillis()));
    }

    private final PostgresDatabase postgres = TestDatabases.create();
    private final FaultyProxy proxy = FaultyProxy.to(postgres.address());
    private final NeonDatabase database = NeonDatabase.open(
            TestDatabases.asApplication(postgres).through(proxy.address()).libpqUrl(),
            TestDatabases.settings().toBuilder()
                    .pool(PoolSettings.scaleToZero().withMaxSize(1))
                    .build());
    private final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
    private final NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);
    private final NeonProjectionStore<String> names = new NeonProjectionStore<>(database, "names", String.class);

    @AfterAll
    static void askAgain() {
        System.clearProperty(HIKARI_WINDOW);
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private long roundTrips(Runnable call) {
        return traffic(call).roundTrips();
    }

    private Traffic traffic(Runnable call) {
        // The first call makes the connection.
        store.load("nothing");
        Traffic before = proxy.traffic();
        call.run();
        return proxy.traffic().since(before);
    }

    @Test
    void anAppendOfOneEventIsOne() {
        assertThat(roundTrips(() -> store.append("account-1", List.of(new Renamed("a")))))
                .isEqualTo(1);
        assertThat(roundTrips(() -> store.append("account-1", List.of(new Renamed("b")))))
                .isEqualTo(1);
    }

    @Test
    void anAppendOfManyEventsIsOne() {
        assertThat(roundTrips(() -> store.append("account-1", Collections.nCopies(100, new Renamed("a")))))
                .isEqualTo(1);
    }

    @Test
    void loadingAStreamIsOne() {
        store.append("account-1", Collections.nCopies(100, new Renamed("a")));

        assertThat(roundTrips(() -> store.load("account-1"))).isEqualTo(1);
    }

    @Test
    void aPageOfTheLogIsOne() {
        store.append("account-1", Collections.nCopies(100, new Renamed("a")));

        assertThat(roundTrips(() -> log.read(LogQuery.after(Position.START)))).isEqualTo(1);
    }

    @Test
    void anAdvanceOfManyDocumentsIsOne() {
        Checkpoint to = new Checkpoint(new LogId("log"), Position.of(7));

        assertThat(roundTrips(() -> names.advance(Optional.empty(), to, view -> {
                    for (int i = 0; i < 100; i++) {
                        view.save("id-" + i, "name");
                    }
                })))
                .isEqualTo(1);
    }

    /** ES.12, for an event alone, in a list, at its end, and in a transaction of the caller's. */
    @Test
    void anAppendThatCantBeEncodedSendsNothing() throws Exception {
        refusesWithoutSending(store, List.of(UNWRITABLE));
        refusesWithoutSending(store, List.of(new Renamed("a"), new Renamed("b"), UNWRITABLE));
        try (Connection transaction =
                TestDatabases.asApplication(postgres).through(proxy.address()).connect()) {
            transaction.setAutoCommit(false);
            refusesWithoutSending(store.joining(transaction), List.of(new Renamed("a"), UNWRITABLE));
            transaction.commit();
        }
        assertThat(store.load("account-1").exists()).isFalse();
    }

    /**
     * A load follows, on the same connection: when its answer has come the proxy has counted whatever was sent before.
     */
    private void refusesWithoutSending(EventStore used, List<Renamed> events) {
        for (int i = 0; i < ENOUGH_TO_BE_PREPARED; i++) {
            used.load("account-1");
        }
        Traffic load = traffic(() -> used.load("account-1"));

        Traffic both = traffic(() -> {
            assertThatExceptionOfType(EventEncodingException.class)
                    .isThrownBy(() -> used.append("account-1", events))
                    .withMessageContaining(Renamed.class.getName());
            used.load("account-1");
        });

        assertThat(load.bytesToServer()).isPositive();
        assertThat(both).isEqualTo(load);
    }
}
