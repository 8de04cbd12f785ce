package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.Document;
import com.portfolio.infra.ports.projection.DocumentNotConvertibleException;
import com.portfolio.infra.ports.projection.DocumentPage;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.DocumentQuery.Order;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.ports.projection.ProjectionStoreUnavailableException;
import com.portfolio.infra.ports.projection.WrongDocumentVersionException;
import com.portfolio.infra.testing.server.Cut;
import com.portfolio.infra.testing.server.FaultyProxy;
import com.portfolio.infra.testing.server.FaultyProxy.Direction;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.connection.PoolSettings;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kit does not ask of every store. */
class NeonProjectionStoreTest {

    private static final Optional<Checkpoint> NONE = Optional.empty();
    private static final Checkpoint SEVEN = new Checkpoint(new LogId("log"), Position.of(7));

    record Account(
            @Nullable String name,
            @Nullable BigDecimal balance,
            @Nullable Instant opened) {}

    private final PostgresDatabase postgres = TestDatabases.create();
    private final FaultyProxy proxy = FaultyProxy.to(postgres.address());
    private final NeonDatabase database = NeonDatabase.open(
            TestDatabases.asApplication(postgres).through(proxy.address()).libpqUrl(),
            TestDatabases.settings().toBuilder()
                    .pool(PoolSettings.scaleToZero())
                    .build());
    private final NeonProjectionStore<Account> accounts = store("accounts");

    private NeonProjectionStore<Account> store(String projection) {
        return new NeonProjectionStore<>(
                database,
                projection,
                Account.class,
                JsonDocuments.create(),
                List.of(
                        IndexedField.text("name", Account::name),
                        IndexedField.number("balance", Account::balance),
                        IndexedField.instant("opened", Account::opened)));
    }

    private static Account named(@Nullable String name) {
        return new Account(name, null, null);
    }

    @AfterEach
    void close() {
        database.close();
        proxy.close();
        Postgres.shared().dropDatabase(postgres);
    }

    private List<String> ids(DocumentQuery query) {
        return accounts.query(query, PageRequest.first(100)).documents().stream()
                .map(Document::id)
                .toList();
    }

    @Test
    void textWithNulIsFoundAndOrdered() {
        accounts.save("a", named("x\0y"));
        accounts.save("b", named("x"));
        accounts.save("c", named("x\1"));
        accounts.save("d", named("xa"));

        assertThat(ids(DocumentQuery.all().orderBy("name", Order.ASCENDING))).containsExactly("b", "a", "c", "d");
        assertThat(ids(DocumentQuery.where("name", Comparison.EQUAL, "x\0y"))).containsExactly("a");
        assertThat(accounts.find("a")).contains(named("x\0y"));
    }

    @Test
    void aFieldThatLosesItsValueIsNotFoundAnyMore() {
        accounts.save("a", named("x"));
        accounts.save("a", named(null));

        assertThat(ids(DocumentQuery.where("name", Comparison.EQUAL, "x"))).isEmpty();
        assertThat(ids(DocumentQuery.all().orderBy("name", Order.DESCENDING))).containsExactly("a");
    }

    @Test
    void aTimeThatIsTooFarAwayToBeIndexedIsRefusedNamingTheField() {
        assertThatExceptionOfType(DocumentNotConvertibleException.class)
                .isThrownBy(() -> accounts.save("a", new Account(null, null, Instant.MAX)))
                .withMessageContaining("'opened'");
        accounts.save("a", new Account(null, null, Instant.parse("-0044-03-15T12:00:00Z")));
        assertThat(ids(DocumentQuery.where("opened", Comparison.LESS, Instant.EPOCH)))
                .containsExactly("a");
    }

    @Test
    void aCursorOfAnotherListOrQueryOrProjectionIsRefused() {
        IntStream.range(0, 3).forEach(i -> accounts.save("id-" + i, named("x")));
        store("others").save("id", named("x"));
        DocumentQuery byName = DocumentQuery.all().orderBy("name", Order.ASCENDING);
        PageRequest next = accounts.query(byName, PageRequest.first(1)).next().orElseThrow();

        assertThat(accounts.query(byName, next).documents()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.list(next));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts.query(DocumentQuery.all().orderBy("name", Order.DESCENDING), next));
        assertThatIllegalArgumentException().isThrownBy(() -> store("others").query(byName, next));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> accounts.list(PageRequest.first(1).after("nonsense !")));
    }

    @Test
    void aListInsideAnAdvanceShowsItsOwnWritesOverPagesOfAnySize() {
        TreeMap<String, Account> expected = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            accounts.save("id-%02d".formatted(i), named("stored"));
            expected.put("id-%02d".formatted(i), named("stored"));
        }
        for (int limit : new int[] {1, 2, 7, 29, 30, 31, 100}) {
            TreeMap<String, Account> wanted = new TreeMap<>(expected);
            TreeMap<String, Account> seen = new TreeMap<>();
            List<String> order = new ArrayList<>();
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> accounts.advance(NONE, SEVEN, view -> {
                        for (int i = 0; i < 30; i += 3) {
                            view.delete("id-%02d".formatted(i));
                            wanted.remove("id-%02d".formatted(i));
                            view.save("id-%02d-new".formatted(i), named("new"));
                            wanted.put("id-%02d-new".formatted(i), named("new"));
                        }
                        view.save("id-29", named("changed"));
                        wanted.put("id-29", named("changed"));
                        view.save("zz", named("last"));
                        wanted.put("zz", named("last"));
                        Optional<PageRequest> page = Optional.of(PageRequest.first(limit));
                        while (page.isPresent()) {
                            DocumentPage<Account> found = view.list(page.get());
                            assertThat(found.documents()).hasSizeLessThanOrEqualTo(limit);
                            found.documents().forEach(document -> {
                                order.add(document.id());
                                seen.put(document.id(), document.value());
                            });
                            page = found.next();
                        }
                        throw new IllegalStateException("on purpose");
                    }))
                    .withMessage("on purpose");
            assertThat(order).as("pages of %d", limit).isSorted().doesNotHaveDuplicates();
            assertThat(seen).isEqualTo(wanted);
        }
    }

    @Test
    void versionsInsideAnAdvanceAreThoseThatItLeavesBehind() {
        accounts.save("a", named("1"));
        accounts.save("a", named("2"));
        accounts.save("b", named("1"));

        accounts.advance(NONE, SEVEN, view -> {
            view.save("a", named("3"));
            assertThat(view.findVersioned("a").orElseThrow().version()).isEqualTo(3);
            assertThat(view.save("a", named("4"), 3)).isEqualTo(4);
            assertThat(view.delete("b")).isTrue();
            assertThat(view.save("b", named("again"), 0)).isEqualTo(1);
            view.save("b", named("and again"));
            view.save("c", named("new"));
            assertThat(view.findVersioned("c").orElseThrow().version()).isEqualTo(1);
            view.delete("c");
            assertThatExceptionOfType(WrongDocumentVersionException.class)
                    .isThrownBy(() -> view.save("a", named("x"), 2))
                    .satisfies(e -> assertThat(e.actual()).isEqualTo(4));
        });

        assertThat(accounts.findVersioned("a").orElseThrow().version()).isEqualTo(4);
        assertThat(accounts.findVersioned("b").orElseThrow().version()).isEqualTo(2);
        assertThat(accounts.findVersioned("c")).isEmpty();
    }

    /** What was told to the writer must be true when its writes are made. */
    @Test
    void aDocumentThatSomebodyElseChangesMeanwhileIsNoticedIfItsVersionWasDemanded() {
        accounts.save("a", named("1"));

        assertThatExceptionOfType(WrongDocumentVersionException.class)
                .isThrownBy(() -> accounts.advance(NONE, SEVEN, view -> {
                    long version = view.findVersioned("a").orElseThrow().version();
                    accounts.save("a", named("by somebody else"));
                    view.save("b", named("with it"));
                    view.save("a", named("2"), version);
                }))
                .satisfies(e -> {
                    assertThat(e.id()).isEqualTo("a");
                    assertThat(e.expected()).isEqualTo(1);
                    assertThat(e.actual()).isEqualTo(2);
                });
        assertThatExceptionOfType(WrongDocumentVersionException.class)
                .isThrownBy(() -> accounts.advance(NONE, SEVEN, view -> {
                    view.save("new", named("mine"), 0);
                    accounts.save("new", named("theirs"));
                }));

        assertThat(accounts.find("a")).contains(named("by somebody else"));
        assertThat(accounts.find("b")).isEmpty();
        assertThat(accounts.find("new")).contains(named("theirs"));
        assertThat(accounts.checkpoint()).isEmpty();
    }

    @Test
    void afterAnAdvanceWhoseAnswerWasLostTheCheckpointTells() {
        accounts.find("warm-up");
        Cut cut = proxy.cutAfter(Direction.TO_CLIENT, 1);

        assertThatExceptionOfType(ProjectionStoreUnavailableException.class)
                .isThrownBy(() -> accounts.advance(NONE, SEVEN, view -> view.save("a", named("x"))));

        assertThat(cut.happened()).isTrue();
        assertThat(accounts.checkpoint()).contains(SEVEN);
        assertThat(accounts.find("a")).contains(named("x"));
    }

    @Test
    void anAdvanceThatNeverArrivedChangedNothing() {
        accounts.find("warm-up");
        Cut cut = proxy.cutAfter(Direction.TO_SERVER, 1);

        assertThatExceptionOfType(ProjectionStoreUnavailableException.class)
                .isThrownBy(() -> accounts.advance(NONE, SEVEN, view -> view.save("a", named("x"))));

        assertThat(cut.happened()).isTrue();
        assertThat(accounts.checkpoint()).isEmpty();
        assertThat(accounts.find("a")).isEmpty();
    }

    @Test
    void whatIsDeclaredIsChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NeonProjectionStore<>(database, " ", String.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NeonProjectionStore<>(
                        database,
                        "twice",
                        Account.class,
                        JsonDocuments.create(),
                        List.of(IndexedField.text("name", Account::name), IndexedField.text("name", Account::name))))
                .withMessageContaining("'name' twice");
    }
}
