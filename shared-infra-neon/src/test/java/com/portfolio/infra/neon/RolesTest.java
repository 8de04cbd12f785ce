package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles may do and, above all, what they may not. */
class RolesTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final PostgresDatabase postgres = TestDatabases.create();

    @AfterEach
    void drop() {
        Postgres.shared().dropDatabase(postgres);
    }

    private static void isRefused(PostgresDatabase database, String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> database.execute(sql))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO infra.events SELECT * FROM infra.events",
                "UPDATE infra.events SET data = '{}'",
                "DELETE FROM infra.events",
                "TRUNCATE infra.events",
                "INSERT INTO infra.streams SELECT * FROM infra.streams",
                "UPDATE infra.streams SET version = 0",
                "DELETE FROM infra.streams",
                "SELECT nextval('infra.event_position')",
                "SELECT setval('infra.event_position', 1)",
                "UPDATE infra.log_identity SET log_id = gen_random_uuid()",
                "SELECT infra.archive_stream_v1('a', true)",
                "SELECT infra.tombstone_stream_v1('a')",
                "SELECT infra.renew_log_v1()",
                "SELECT infra.keep_log_v1()",
                "SELECT infra.claim_versions_v1('a', -1, ARRAY[gen_random_uuid()])",
                "DROP TABLE infra.events",
                "CREATE TABLE infra.more (x int)"
            })
    void theApplicationCanNeitherChangeWhatIsStoredNorStorePastTheFunctions(String sql) {
        isRefused(TestDatabases.asApplication(postgres), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT infra.append_one_v1('a', -1, gen_random_uuid(), 't', 1, '{}', '{}')",
                "DELETE FROM infra.events",
                "UPDATE infra.streams SET version = 0",
                "DELETE FROM infra.documents"
            })
    void theOperatorCanNeitherAppendNorChangeTablesDirectly(String sql) {
        isRefused(TestDatabases.asOperator(postgres), sql);
    }

    @Test
    void theApplicationAppendsAndReadsAndTheOperatorClosesStreams() throws SQLException {
        try (NeonDatabase database = TestDatabases.open(postgres)) {
            NeonEventStore store = new NeonEventStore(database, AccountEvent.CODEC);
            store.append("account-1", List.of(new Registered("a")));

            TestDatabases.asOperator(postgres).execute("SELECT infra.tombstone_stream_v1('account-1')");

            assertThat(store.load("account-1").exists()).isFalse();
        }
    }

    @Test
    void nobodyElseMayDoAnything() {
        Postgres.shared().createRole("neon_stranger", TestDatabases.PASSWORD);
        PostgresDatabase stranger = postgres.as("neon_stranger", TestDatabases.PASSWORD);

        isRefused(stranger, "SELECT * FROM infra.events");
        isRefused(stranger, "SELECT infra.append_one_v1('a', -1, gen_random_uuid(), 't', 1, '{}', '{}')");
    }

    /** In a comment, a line break in the name would end the comment. */
    @Test
    void aRolesNameStandsInNoCommentAndHasNoControlCharacters() {
        String role = "marked-role";

        assertThat(NeonSchema.applicationGrants("infra", role) + NeonSchema.operatorGrants("infra", role))
                .doesNotContainPattern("--.*" + role);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeonSchema.operatorGrants("infra", "app\nDROP SCHEMA infra CASCADE; --"))
                .withMessageContaining("no control characters");
    }

    /** PostgreSQL would cut the name off, and grant to whoever has the shorter one. */
    @Test
    void aRolesNameIsMeasuredInBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> NeonSchema.applicationGrants("infra", "ä".repeat(32)));
        assertThat(NeonSchema.applicationGrants("infra", "ä".repeat(31))).contains("ä".repeat(31));
    }

    @Test
    void aRolesNameIsQuoted() {
        assertThat(NeonSchema.applicationGrants("infra", "my \"app\"; DROP")).contains("TO \"my \"\"app\"\"; DROP\"");
    }
}
