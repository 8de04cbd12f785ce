package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresTest {

    private final Postgres postgres = Postgres.shared();

    @Test
    void theServerIsSharedByTheWholeJvm() {
        assertThat(Postgres.shared()).isSameAs(postgres);
    }

    @Test
    void databasesAreApart() throws SQLException {
        PostgresDatabase one = postgres.createDatabase();
        PostgresDatabase other = postgres.createDatabase();

        one.execute("CREATE TABLE mine (n int)");

        assertThat(Queries.value(one, "SELECT to_regclass('mine') IS NOT NULL")).isEqualTo("t");
        assertThat(Queries.value(other, "SELECT to_regclass('mine') IS NULL")).isEqualTo("t");
    }

    @Test
    void aCopyHoldsWhatItsTemplateHeld() throws SQLException {
        PostgresDatabase template = postgres.createDatabase();
        template.execute("CREATE TABLE migrated AS SELECT 7 AS version");

        assertThat(Queries.value(postgres.copyOf(template), "SELECT version FROM migrated"))
                .isEqualTo("7");
    }

    @Test
    void aSecondDatabaseOfTheSameNameIsRefused() {
        PostgresDatabase database = postgres.createDatabase();

        assertThatThrownBy(() -> postgres.createDatabase(database.name()))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("already exists");
    }

    @Test
    void aDatabaseIsDroppedAlthoughSomebodyIsConnected() throws SQLException {
        PostgresDatabase database = postgres.createDatabase();
        try (var connection = database.connect()) {
            postgres.dropDatabase(database);
            postgres.dropDatabase(database);

            assertThatThrownBy(() -> Queries.value(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(database::connect).hasMessageContaining("does not exist");
    }

    @Test
    void aRoleMayLogInAndNothingElseAndItsPasswordIsTheLastOneGiven() throws SQLException {
        PostgresDatabase database = postgres.createDatabase();
        String role = "app \"" + database.name();
        postgres.createRole(role, "hunter2-first");
        postgres.createRole(role, "hunter2-it's");

        assertThat(Queries.value(
                        database.as(role, "hunter2-it's"),
                        "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls"
                                + " FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThatThrownBy(database.as(role, "hunter2-first")::connect)
                .hasMessageContaining("password authentication failed");
        database.execute("DROP ROLE " + Sql.identifier(role));
    }

    @Test
    void aServerThatSomebodyElseRunsIsGivenBackWithoutOurDatabases() throws SQLException {
        PostgresDatabase kept = postgres.createDatabase();
        ExistingPostgres existing = new ExistingPostgres(
                PostgresDatabase.parse(postgres.administration().libpqUrl()));
        PostgresDatabase made = existing.createDatabase();
        PostgresDatabase copied = existing.copyOf(made);
        made.execute("SELECT 1");
        copied.execute("SELECT 1");

        existing.close();

        assertThatThrownBy(made::connect).hasMessageContaining("does not exist");
        assertThatThrownBy(copied::connect).hasMessageContaining("does not exist");
        assertThat(Queries.value(kept, "SELECT 1")).isEqualTo("1");
    }
}
