package com.portfolio.infra.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresServerTlsTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @AfterAll
    static void removeCertificates() {
        CERTIFICATES.close();
    }

    private static PostgresServer serverWith(ServerCertificate certificate) {
        return PostgresServer.builder().tls(certificate).start();
    }

    @Test
    void aClientThatVerifiesEverythingIsLetInWithItsChannelBound() throws SQLException {
        try (PostgresServer server = serverWith(CERTIFICATES.server())) {
            PostgresDatabase bound = server.administration().with("channel_binding", "require");

            assertThat(bound.jdbcUrl()).contains("sslmode=verify-full").contains("channelBinding=require");
            assertThat(Queries.value(bound, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
            PostgresDatabase byName = new PostgresDatabase(
                    "localhost", bound.port(), bound.name(), bound.user(), bound.password(), bound.parameters());
            assertThat(Queries.value(byName, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aClientWithoutTlsIsRefused() {
        try (PostgresServer server = serverWith(CERTIFICATES.server())) {
            assertThatThrownBy(server.administration().with("sslmode", "disable")::connect)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no encryption");
        }
    }

    @Test
    void aClientThatTrustsAnotherAuthorityRefuses() {
        try (PostgresServer server = serverWith(CERTIFICATES.server())) {
            assertRefused(server, CERTIFICATES.untrusted().authority(), "verify-ca");
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        try (PostgresServer server = serverWith(CERTIFICATES.untrusted())) {
            assertRefused(server, CERTIFICATES.authority(), "verify-ca");
        }
    }

    @Test
    void anExpiredCertificateIsRefused() {
        try (PostgresServer server = serverWith(CERTIFICATES.expired())) {
            assertRefused(server, CERTIFICATES.authority(), "verify-ca");
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedByWhoLooksAtTheHost() throws SQLException {
        try (PostgresServer server = serverWith(CERTIFICATES.wrongHost())) {
            assertRefused(server, CERTIFICATES.authority(), "verify-full");
            assertThat(Queries.value(server.administration().with("sslmode", "verify-ca"), "SELECT 1"))
                    .isEqualTo("1");
        }
    }

    private static void assertRefused(PostgresServer server, Path authority, String mode) {
        PostgresDatabase database = server.administration()
                .with("sslrootcert", authority.toString())
                .with("sslmode", mode);
        assertThatThrownBy(database::connect)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }

    @Test
    void keysAreForTheirOwnerAloneAndGoWithTheCertificates() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        for (Path secret :
                new Path[] {certificates.server().privateKey(), certificates.keyStore(certificates.server())}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        certificates.close();
        assertThat(certificates.authority()).doesNotExist();
    }
}
