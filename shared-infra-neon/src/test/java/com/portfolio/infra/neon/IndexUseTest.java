package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.portfolio.infra.neon.Plans.Mode;
import com.portfolio.infra.neon.SentStatements.Statement;
import com.portfolio.infra.ports.eventstore.Checkpoint;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.DocumentQuery;
import com.portfolio.infra.ports.projection.DocumentQuery.Comparison;
import com.portfolio.infra.ports.projection.DocumentQuery.Order;
import com.portfolio.infra.ports.projection.IndexedField;
import com.portfolio.infra.ports.projection.PageRequest;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.utilities.serialization.JsonDocuments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PS.6: every query has an index that serves it, whoever else's documents are in the same tables. */
class IndexUseTest {

    private static final int PROJECTIONS = 4;
    private static final int DOCUMENTS = 4_000;
    private static final int PAGE = 50;
    private static final int FEW_PAGES = 3;
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private static final PostgresDatabase POSTGRES = TestDatabases.create();
    private static final SentStatements SENT = new SentStatements();
    private static final NeonDatabase DATABASE =
            NeonDatabase.over(SENT.over(TestDatabases.asApplication(POSTGRES).dataSource()), TestDatabases.settings());
    private static final NeonProjectionStore<Account> ACCOUNTS = store(0);

    record Account(String name, @Nullable BigDecimal balance, Instant opened) {}

    private static NeonProjectionStore<Account> store(int number) {
        return new NeonProjectionStore<>(
                DATABASE,
                "accounts-" + number,
                Account.class,
                JsonDocuments.create(),
                List.of(
                        IndexedField.text("name", Account::name),
                        IndexedField.number("balance", Account::balance),
                        IndexedField.instant("opened", Account::opened)));
    }

    @BeforeAll
    static void fill() throws Exception {
        Random random = new Random(1);
        Checkpoint checkpoint = new Checkpoint(new LogId("log"), Position.of(1));
        for (int i = 0; i < PROJECTIONS; i++) {
            store(i).advance(Optional.empty(), checkpoint, view -> {
                for (int document = 0; document < DOCUMENTS; document++) {
                    view.save("id-" + document, account(random));
                }
            });
        }
        POSTGRES.execute("ANALYZE");
    }

    /** One in ten has no balance. */
    private static Account account(Random random) {
        return new Account(
                "name-" + random.nextInt(DOCUMENTS),
                random.nextInt(10) == 0 ? null : number(random.nextInt(DOCUMENTS)),
                EPOCH.plus(Duration.ofMinutes(random.nextInt(DOCUMENTS))));
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
        Postgres.shared().dropDatabase(POSTGRES);
    }

    static Stream<Arguments> selective() {
        return Stream.of(
                arguments("document_fields_text", DocumentQuery.where("name", Comparison.EQUAL, "name-7")),
                arguments("document_fields_number", DocumentQuery.where("balance", Comparison.EQUAL, number(7))),
                arguments("document_fields_instant", DocumentQuery.where("opened", Comparison.EQUAL, EPOCH)),
                arguments("document_fields_text", DocumentQuery.where("name", Comparison.AT_LEAST, "name-99")),
                arguments("document_fields_number", DocumentQuery.where("balance", Comparison.LESS, number(40))),
                arguments(
                        "document_fields_number",
                        DocumentQuery.where("balance", Comparison.GREATER, number(700))
                                .and("balance", Comparison.AT_MOST, number(740))),
                arguments(
                        "document_fields_instant",
                        DocumentQuery.where("opened", Comparison.LESS, EPOCH.plus(Duration.ofMinutes(40)))),
                arguments(
                        "document_fields_text",
                        DocumentQuery.where("name", Comparison.EQUAL, "name-7").orderBy("balance", Order.DESCENDING)));
    }

    @ParameterizedTest
    @MethodSource("selective")
    void aConditionThatFewMeetIsServedByTheIndexOfItsField(String index, DocumentQuery query) throws Exception {
        eachPageUses(index, query, FEW_PAGES);
    }

    static Stream<Arguments> ordered() {
        return Stream.of(Order.values())
                .flatMap(order -> Stream.of(
                        arguments("document_fields_text", "name", order),
                        arguments("document_fields_number", "balance", order),
                        arguments("document_fields_instant", "opened", order)));
    }

    @ParameterizedTest
    @MethodSource("ordered")
    void anOrderIsServedByTheIndexOfItsFieldOnEachPage(String index, String field, Order order) throws Exception {
        eachPageUses(index, DocumentQuery.all().orderBy(field, order), FEW_PAGES);
    }

    @Test
    void theListIsServedByTheKeyOnEachPage() throws Exception {
        eachPageUses("documents_pk", DocumentQuery.all(), FEW_PAGES);
    }

    @Test
    void aConditionThatManyMeetIsServedInTheOrderOfTheKey() throws Exception {
        eachPageUses("documents_pk", DocumentQuery.where("balance", Comparison.LESS, number(3_000)), FEW_PAGES);
    }

    @Test
    void documentsWithoutTheFieldOfTheOrderAreServedByTheKeys() throws Exception {
        DocumentQuery query = DocumentQuery.all().orderBy("balance", Order.ASCENDING);
        List<Statement> statements = sentBy(query, DOCUMENTS);

        for (Statement statement : statements.subList(statements.size() - FEW_PAGES, statements.size())) {
            assertThat(statement.sql()).contains("NOT EXISTS");
            uses("documents_pk", statement);
            uses("document_fields_pk", statement);
        }
    }

    private static void eachPageUses(String index, DocumentQuery query, int pages) throws Exception {
        List<Statement> statements = sentBy(query, pages);

        assertThat(statements).isNotEmpty();
        for (Statement statement : statements) {
            uses(index, statement);
        }
    }

    /** A plan for any values need not use the field's own index, as it can't know whether few documents meet them. */
    private static void uses(String index, Statement statement) throws Exception {
        try (Plans plans = new Plans(POSTGRES)) {
            assertThat(plans.of(statement, Mode.CUSTOM)).contains(index).doesNotContain("Seq Scan");
            assertThat(plans.of(statement, Mode.GENERIC)).doesNotContain("Seq Scan");
        }
    }

    /** What is sent for a query's first pages. */
    private static List<Statement> sentBy(DocumentQuery query, int pages) {
        SENT.take();
        Optional<PageRequest> page = Optional.of(PageRequest.first(PAGE));
        for (int i = 0; i < pages && page.isPresent(); i++) {
            page = ACCOUNTS.query(query, page.get()).next();
        }
        return SENT.take();
    }

    private static BigDecimal number(int value) {
        return BigDecimal.valueOf(value);
    }
}
