package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.neon.AccountEvent.Renamed;
import com.portfolio.infra.neon.internal.SchemaName;
import com.portfolio.infra.neon.internal.SchemaScripts;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.ports.eventstore.ExpectedVersion;
import com.portfolio.infra.ports.eventstore.LogId;
import com.portfolio.infra.ports.eventstore.LogQuery;
import com.portfolio.infra.ports.eventstore.Position;
import com.portfolio.infra.ports.projection.ProjectionStoreFailedException;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** ES.13 and what surrounds it: the schema is made, checked, and shared by two versions of the library. */
class SchemaTest {

    private final PostgresDatabase postgres = Postgres.shared().createDatabase();

    @AfterEach
    void drop() {
        Postgres.shared().dropDatabase(postgres);
    }

    private static NeonDatabase open(PostgresDatabase database) {
        return NeonDatabase.open(database.libpqUrl(), TestDatabases.settings());
    }

    private NeonSchema schema() {
        return new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), TestDatabases.settings());
    }

    @Test
    void aDatabaseWithoutTheSchemaIsSaidToHaveNoneWhenAStoreIsBuilt() {
        try (NeonDatabase database = open(postgres)) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("Schema 'infra' does not fit this version")
                    .withMessageContaining("append_one_v1")
                    .withMessageContaining("Run NeonSchema.migrate()");
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventLog(database, AccountEvent.CODEC));
            assertThatExceptionOfType(ProjectionStoreFailedException.class)
                    .isThrownBy(() -> new NeonProjectionStore<>(database, "names", String.class))
                    .withMessageContaining("write_documents_v1");
        }
    }

    @Test
    void aSchemaThatLacksAFunctionOfThisVersionIsSaidToLackIt() throws SQLException {
        schema().migrate();
        postgres.execute("ALTER FUNCTION infra.log_id_v1() RENAME TO log_id_v0");

        try (NeonDatabase database = open(postgres)) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("it has no log_id_v1.");
        }
    }

    @Test
    void aRoleWithoutRightsIsToldWhichScriptHandsThemOut() throws SQLException {
        schema().migrate();
        Postgres.shared().createRole("neon_nobody", TestDatabases.PASSWORD);

        try (NeonDatabase database = open(postgres.as("neon_nobody", TestDatabases.PASSWORD))) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(database, AccountEvent.CODEC))
                    .withMessageContaining("may not use")
                    .withMessageContaining("NeonSchema.grantToApplication()");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT", "UPDATE", "DELETE"})
    void aRoleThatCanReadDocumentsButNotWriteThemIsToldSo(String privilege) throws SQLException {
        TestDatabases.migrate(postgres);
        postgres.execute("REVOKE " + privilege + " ON infra.document_fields FROM " + TestDatabases.APPLICATION);

        try (NeonDatabase database = open(TestDatabases.asApplication(postgres))) {
            assertThatExceptionOfType(ProjectionStoreFailedException.class)
                    .isThrownBy(() -> new NeonProjectionStore<>(database, "names", String.class))
                    .withMessageContaining("may not use document_fields in schema");
        }
    }

    @Test
    void aStoreWhoseAcknowledgedAppendsACrashCanTakeSaysSo() throws SQLException {
        TestDatabases.migrate(postgres);
        Logger logger = (Logger) LoggerFactory.getLogger(NeonEventStore.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        try (NeonDatabase safe = open(TestDatabases.asApplication(postgres))) {
            new NeonEventStore(safe, AccountEvent.CODEC);
            assertThat(logged.list).isEmpty();

            postgres.execute("ALTER DATABASE \"" + postgres.name() + "\" SET synchronous_commit = off");
            try (NeonDatabase unsafe = open(TestDatabases.asApplication(postgres))) {
                new NeonEventStore(unsafe, AccountEvent.CODEC);
            }
            assertThat(logged.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .startsWith("synchronous_commit is off");
        } finally {
            logger.detachAppender(logged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "user", "group", "between", "values"})
    void aReservedWordIsRefusedWhenSettingsAreMade(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TestDatabases.settings().toBuilder().schema(word).build())
                .withMessageContaining("is a reserved word of SQL, '" + word + "'");
        assertThatIllegalArgumentException().isThrownBy(() -> NeonSchema.scripts(word));
    }

    /** The server says which words it reserves: this one knows at least what older ones know. */
    @Test
    void everyWordThatTheServerReservesIsRefused() throws SQLException {
        try (var connection = postgres.connect();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T', 'C')")) {
            while (row.next()) {
                assertThat(SchemaName.problem(row.getString(1)))
                        .as(row.getString(1))
                        .isNotNull();
            }
        }
    }

    /** PL/pgSQL has reserved settings that begin with its name. */
    @Test
    void transactionsAreJoinedInASchemaWithTheNameOfAnExtension() throws SQLException {
        NeonSettings settings =
                TestDatabases.settings().toBuilder().schema("plpgsql").build();
        new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), settings).migrate();

        try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), settings);
                Connection transaction = postgres.connect()) {
            transaction.setAutoCommit(false);
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            store.joining(transaction).append("account-1", List.of(new Registered("a")));
            store.joining(transaction).append("account-1", List.of(new Renamed("b")));
            transaction.commit();

            assertThat(store.load("account-1").version()).isEqualTo(2);
        }
    }

    /** Flyway finds the scripts by their place; whoever runs them by hand must get the same ones. */
    @Test
    void theScriptsAreThoseThatFlywayFinds() throws Exception {
        Path folder =
                Path.of(Objects.requireNonNull(NeonSchema.class.getClassLoader().getResource(SchemaScripts.MIGRATIONS))
                        .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(NeonSchema.scripts("infra"))
                    .extracting(NeonSchema.Script::name)
                    .containsExactlyElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void migratingAgainChangesNothing() {
        schema().migrate();
        try (NeonDatabase database = open(postgres)) {
            new NeonEventStore(database, AccountEvent.CODEC).append("account-1", List.of(new Registered("a")));

            schema().migrate();

            assertThat(new NeonEventStore(database, AccountEvent.CODEC)
                            .load("account-1")
                            .version())
                    .isEqualTo(1);
        }
    }

    @Test
    void theScriptsCanBeRunByAnyTool() throws SQLException {
        for (NeonSchema.Script script : NeonSchema.scripts("ledger")) {
            postgres.execute(script.sql());
        }
        NeonSettings settings =
                TestDatabases.settings().toBuilder().schema("ledger").build();

        try (NeonDatabase database = NeonDatabase.open(postgres.libpqUrl(), settings)) {
            assertThat(new NeonEventStore(database, AccountEvent.CODEC)
                            .append("account-1", List.of(new Registered("a")))
                            .version())
                    .isEqualTo(1);
        }
    }

    @Test
    void twoSchemasOfOneDatabaseHaveLogsOfTheirOwn() {
        NeonSettings ledger =
                TestDatabases.settings().toBuilder().schema("ledger").build();
        schema().migrate();
        new NeonSchema(NeonUrl.parse(postgres.libpqUrl()), ledger).migrate();

        try (NeonDatabase one = open(postgres);
                NeonDatabase other = NeonDatabase.open(postgres.libpqUrl(), ledger)) {
            new NeonEventStore(one, AccountEvent.CODEC).append("account-1", List.of(new Registered("a")));
            NeonEventLog log = new NeonEventLog(one, AccountEvent.CODEC);
            NeonEventLog otherLog = new NeonEventLog(other, AccountEvent.CODEC);

            assertThat(log.read(LogQuery.after(Position.START)).events()).hasSize(1);
            assertThat(otherLog.read(LogQuery.after(Position.START)).events()).isEmpty();
            assertThat(otherLog.id()).isNotEqualTo(log.id());
        }
    }

    @Test
    void aSchemaWithTablesOfTheServiceIsTakenAsItIs() throws SQLException {
        postgres.execute("CREATE SCHEMA infra; CREATE TABLE infra.orders (id int)");

        schema().migrate();

        try (NeonDatabase database = open(postgres)) {
            assertThat(new NeonEventStore(database, AccountEvent.CODEC)
                            .load("account-1")
                            .exists())
                    .isFalse();
        }
    }

    /** The functions of a newer version stand beside those of this one, over the same tables. */
    @Test
    void twoVersionsOfTheLibraryAppendToOneStreamSideBySide() throws SQLException {
        schema().migrate();
        try (var connection = postgres.connect();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT pg_get_functiondef('infra.append_one_v1'::regproc)")) {
            row.next();
            postgres.execute(row.getString(1).replace("append_one_v1", "append_one_v2"));
        }
        try (NeonDatabase database = open(postgres)) {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);

            store.append("account-1", List.of(new Registered("old")));
            postgres.execute("SELECT infra.append_one_v2('account-1', 1, gen_random_uuid(), 'accounts.Renamed', 1,"
                    + " '{\"name\":\"new\"}', '{}')");
            store.append("account-1", ExpectedVersion.exactly(2), List.of(new Renamed("old again")));

            assertThat(store.load("account-1").payloads(AccountEvent.class))
                    .containsExactly(new Registered("old"), new Renamed("new"), new Renamed("old again"));
            assertThat(log.read(LogQuery.after(Position.START)).events()).hasSize(3);
        }
    }

    @Test
    void aCopyOfTheDatabaseIsAnotherLogAndTheOriginalStaysTheSame() {
        schema().migrate();
        LogId before;
        try (NeonDatabase database = open(postgres)) {
            before = new NeonEventLog(database, AccountEvent.CODEC).id();
        }
        PostgresDatabase copy = Postgres.shared().copyOf(postgres);
        try (NeonDatabase database = open(postgres);
                NeonDatabase copied = open(copy)) {
            assertThat(new NeonEventLog(database, AccountEvent.CODEC).id()).isEqualTo(before);
            NeonEventLog ofTheCopy = new NeonEventLog(copied, AccountEvent.CODEC);
            assertThat(ofTheCopy.id()).isNotEqualTo(before);
            assertThat(ofTheCopy.id()).isEqualTo(ofTheCopy.id());
        }
        Postgres.shared().dropDatabase(copy);
    }

    @Test
    void anOperatorRenewsTheLogOrKeepsItAtAnotherHome() throws SQLException {
        schema().migrate();
        try (NeonDatabase database = open(postgres)) {
            NeonEventLog log = new NeonEventLog(database, AccountEvent.CODEC);
            LogId first = log.id();

            postgres.execute("SELECT infra.renew_log_v1()");
            LogId renewed = log.id();
            postgres.execute("UPDATE infra.log_identity SET home = 'before pg_upgrade'");
            LogId moved = log.id();
            postgres.execute("SELECT infra.keep_log_v1()");

            assertThat(renewed).isNotEqualTo(first);
            assertThat(moved).isNotEqualTo(renewed);
            assertThat(log.id()).isEqualTo(renewed);
        }
    }
}
