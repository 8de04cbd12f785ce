package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.testing.Eventually;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers of one projection that meet at documents which are not there yet. */
class DocumentRaceTest {

    private static final Checkpoint SEVEN = new Checkpoint(new LogId("log"), Position.of(7));

    private final PostgresDatabase postgres = TestDatabases.create();
    private final NeonDatabase database = TestDatabases.open(postgres);
    private final NeonProjectionStore<String> names = new NeonProjectionStore<>(
            database, "names", String.class, JsonDocuments.create(), List.of(IndexedField.text("name", name -> name)));

    @AfterEach
    void close() {
        database.close();
        Postgres.shared().dropDatabase(postgres);
    }

    /** A delete of what was not there must not take the fields of what somebody else saves under the id meanwhile. */
    @Test
    void aDocumentThatIsSavedWhileItsAbsenceIsBeingDeletedIsStillFoundByItsFields() throws Exception {
        try (Connection held = postgres.connect()) {
            held.setAutoCommit(false);
            try (var insert = held.createStatement()) {
                insert.execute("INSERT INTO infra.documents (version, projection, id, document)"
                        + " VALUES (1, 'names', 'b', '\"held\"')");
            }
            CompletableFuture<Void> deleting =
                    CompletableFuture.runAsync(() -> names.advance(Optional.empty(), SEVEN, view -> {
                        view.delete("a");
                        view.save("b", "mine");
                    }));
            Eventually.within(Duration.ofSeconds(30))
                    .get("the number of sessions that wait for a lock", this::waitingForALock, count -> count == 1);

            names.save("a", "theirs");
            held.commit();
            deleting.get(30, TimeUnit.SECONDS);
        }

        assertThat(names.find("a")).contains("theirs");
        assertThat(foundAs("theirs")).containsExactly("a");
        assertThat(foundAs("mine")).containsExactly("b");
    }

    @Test
    void fieldsGoWithADocumentThatIsReallyDeleted() throws SQLException {
        names.save("a", "x");

        assertThat(names.delete("a")).isTrue();
        assertThat(names.delete("a")).isFalse();

        assertThat(foundAs("x")).isEmpty();
        assertThat(count("SELECT count(*) FROM infra.document_fields")).isZero();
    }

    private List<String> foundAs(String name) {
        return names
                .query(DocumentQuery.where("name", Comparison.EQUAL, name), PageRequest.first(10))
                .documents()
                .stream()
                .map(Document::id)
                .toList();
    }

    private int waitingForALock() throws SQLException {
        return count("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
