package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgBouncerServerTest {

    private final Postgres postgres = Postgres.shared();
    private final PostgresDatabase direct = postgres.createDatabase();

    @AfterEach
    void dropDatabase() {
        postgres.dropDatabase(direct);
    }

    @Test
    void sessionsShareTheConnectionsOfThePool() throws SQLException {
        try (PgBouncerServer pooler =
                PgBouncerServer.inFrontOf(direct).poolSize(1).start()) {
            PostgresDatabase database = pooler.through(direct);
            Set<String> backends = new HashSet<>();
            try (Connection one = database.connect();
                    Connection other = database.connect()) {
                for (int i = 0; i < 5; i++) {
                    backends.add(Queries.value(one, "SELECT pg_backend_pid()"));
                    backends.add(Queries.value(other, "SELECT pg_backend_pid()"));
                }
            }
            assertThat(backends).hasSize(1);
        }
    }

    @Test
    void aSessionsStateDoesNotStayWithIt() throws SQLException {
        try (PgBouncerServer pooler =
                PgBouncerServer.inFrontOf(direct).poolSize(2).start()) {
            PostgresDatabase database = pooler.through(direct);
            try (Connection one = database.connect();
                    Connection other = database.connect()) {
                String first = Queries.value(one, "SELECT pg_backend_pid()");
                other.setAutoCommit(false);
                assertThat(Queries.value(other, "SELECT pg_backend_pid()")).isEqualTo(first);
                // The connection that the other holds in its transaction is not given to this session again.
                assertThat(Queries.value(one, "SELECT pg_backend_pid()")).isNotEqualTo(first);
                other.rollback();
            }
        }
    }

    @Test
    void aRoleEntersWithItsPasswordAndNobodyElseDoes() throws SQLException {
        String role = "app_" + direct.name();
        postgres.createRole(role, "hunter2\"cret");
        try (PgBouncerServer pooler =
                PgBouncerServer.inFrontOf(direct).role(role, "hunter2\"cret").start()) {
            PostgresDatabase database = pooler.through(direct);
            assertThat(Queries.value(database.as(role, "hunter2\"cret"), "SELECT current_user"))
                    .isEqualTo(role);
            assertThatThrownBy(database.as(role, "hunter2-wrong")::connect).isInstanceOf(SQLException.class);
            assertThatThrownBy(database.as("nobody", "hunter2\"cret")::connect).isInstanceOf(SQLException.class);
        }
        direct.execute("DROP ROLE " + Sql.identifier(role));
    }

    @Test
    void thePoolerVerifiesAServerWithTls() throws SQLException {
        try (TestCertificates certificates = TestCertificates.create();
                PostgresServer server =
                        PostgresServer.builder().tls(certificates.server()).start()) {
            PostgresDatabase administration = server.administration();
            try (PgBouncerServer pooler =
                    PgBouncerServer.inFrontOf(administration).start()) {
                assertThat(Queries.value(
                                pooler.through(administration),
                                "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
            PostgresDatabase distrustful = administration.with(
                    "sslrootcert", certificates.untrusted().authority().toString());
            try (PgBouncerServer pooler = PgBouncerServer.inFrontOf(distrustful)
                    .setting("server_login_retry", "1")
                    .setting("query_wait_timeout", "3")
                    .start()) {
                assertThatThrownBy(() -> Queries.value(pooler.through(administration), "SELECT 1"))
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void aPoolerComesBackOnItsPortAfterStopAndKill() throws SQLException {
        try (PgBouncerServer pooler = PgBouncerServer.inFrontOf(direct).start()) {
            PostgresDatabase database = pooler.through(direct);
            pooler.stop();
            assertThat(pooler.isRunning()).isFalse();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            pooler.start();
            assertThat(Queries.value(database, "SELECT 1")).isEqualTo("1");
            pooler.kill();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            pooler.start();
            assertThat(Queries.value(database, "SELECT 2")).isEqualTo("2");
        }
    }

    @Test
    void aClosedPoolerLeavesNeitherProcessNorFiles() {
        PgBouncerServer pooler = PgBouncerServer.inFrontOf(direct).start();
        Path home = Objects.requireNonNull(pooler.log().getParent());
        assertThat(processesThatName(home)).isPositive();

        pooler.close();
        pooler.close();

        assertThat(processesThatName(home)).isZero();
        assertThat(home).doesNotExist();
        assertThatThrownBy(pooler::start).isInstanceOf(IllegalStateException.class);
    }

    private static long processesThatName(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.contains(home.toString())))
                .count();
    }

    @Test
    void aStartThatFailsShowsTheLog() {
        assertThatThrownBy(() -> PgBouncerServer.inFrontOf(direct)
                        .setting("pool_mode", "sometimes")
                        .start())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("pool_mode");
    }
}
