package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EL.2 where the 31 bits of a registration do not hold a position any more: an open append holds back what it should. */
class LogBeyondTwoBillionTest {

    private static final int LATER = 20;

    private final PostgresDatabase postgres = TestDatabases.create();
    private final NeonDatabase database = TestDatabases.open(postgres);
    private final NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
    private final NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);

    @AfterEach
    void close() {
        database.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private List<Long> positions() {
        List<Long> read = new ArrayList<>();
        Position after = Position.START;
        List<RecordedEvent> page = events(after);
        while (!page.isEmpty()) {
            page.forEach(event -> read.add(event.position().value()));
            after = page.get(page.size() - 1).position();
            page = events(after);
        }
        return read;
    }

    private List<RecordedEvent> events(Position after) {
        return log.read(LogQuery.after(after).limit(7)).events();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, 1L << 32, 3L << 31, 1L << 40})
    void anAppendThatIsOpenAcrossTheEdgeHoldsBackWhatComesAfterIt(long edge) throws Exception {
        postgres.execute("SELECT setval('" + TestDatabases.SCHEMA + ".event_position', " + (edge - 10) + ")");
        store.append("account-1", List.of(new Registered("settled")));
        List<Long> settled = positions();
        assertThat(settled).containsExactly(edge - 9);

        try (Connection transaction = TestDatabases.asApplication(postgres).connect()) {
            transaction.setAutoCommit(false);
            store.joining(transaction).append("account-2", List.of(new Registered("open")));
            for (int i = 0; i < LATER; i++) {
                store.append("account-1", List.of(new Renamed("later " + i)));
            }

            assertThat(positions()).as("while an append is open").isEqualTo(settled);
            try (Connection connection = postgres.connect();
                    var row = connection
                            .createStatement()
                            .executeQuery(
                                    "SELECT after_position FROM " + TestDatabases.SCHEMA + ".open_appends_v1()")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1)).isEqualTo(edge - 9);
                assertThat(row.next()).isFalse();
            }
            transaction.commit();
        }

        assertThat(positions()).isSorted().doesNotHaveDuplicates().hasSize(1 + 1 + LATER);
        assertThat(positions()).last().isEqualTo(edge - 9 + 1 + LATER);
    }
}
