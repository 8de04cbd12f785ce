package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.eventstore.RecordedEvent;
import com.portfolio.infra.ports.health.HealthResult;
import com.portfolio.infra.ports.health.HealthStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EL.2 where the 31 bits of a registration do not hold a position any more: an open append holds back what it should. */
class LogBeyondTwoBillionTest extends AccountsFixture {

    private static final int LATER = 20;

    private final NeonHealthCheck health = NeonHealthCheck.active(database, Duration.ZERO);

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

    private static int backendOf(Connection connection) throws SQLException {
        try (var row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void namesOnly(int backend, HealthResult heldBack) {
        assertThat(heldBack.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(heldBack.reason().orElseThrow()).contains("held back by an append", "backend " + backend);
        assertThat(heldBack.details().get("openAppends"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .satisfies(open -> assertThat(open.get("backend")).isEqualTo(backend));
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
            assertThat(health.check()).satisfies(heldBack -> namesOnly(backendOf(transaction), heldBack));
            transaction.commit();
        }
        assertThat(health.check()).satisfies(free -> {
            assertThat(free.status()).isEqualTo(HealthStatus.UP);
            assertThat(free.details()).containsEntry("openAppends", List.of());
        });

        assertThat(positions()).isSorted().doesNotHaveDuplicates().hasSize(1 + 1 + LATER);
        assertThat(positions()).last().isEqualTo(edge - 9 + 1 + LATER);
    }
}
