package com.portfolio.infra.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.portfolio.infra.neon.AccountEvent.Registered;
import com.portfolio.infra.ports.eventstore.EventStoreFailedException;
import com.portfolio.infra.testing.server.Postgres;
import com.portfolio.infra.testing.server.PostgresDatabase;
import com.portfolio.infra.testing.server.PostgresServer;
import com.portfolio.infra.testing.server.ServerCertificate;
import com.portfolio.infra.testing.server.TestCertificates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whom the store talks to. */
class TlsTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static final PostgresServer SERVER = start(CERTIFICATES.server());

    private static PostgresServer start(ServerCertificate certificate) {
        return PostgresServer.builder().tls(certificate).start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        CERTIFICATES.close();
    }

    private static PostgresDatabase trusting(PostgresDatabase database) {
        return database.with("sslmode", "verify-full")
                .with("sslrootcert", CERTIFICATES.authority().toString());
    }

    private static PostgresDatabase plain(PostgresServer server) {
        PostgresDatabase database = server.administration();
        return new PostgresDatabase(
                database.host(), database.port(), database.name(), database.user(), database.password(), Map.of());
    }

    private static void isRefused(PostgresDatabase database, String why) {
        try (NeonDatabase neon = NeonDatabase.open(database.libpqUrl(), TestDatabases.settings())) {
            assertThatExceptionOfType(EventStoreFailedException.class)
                    .isThrownBy(() -> new NeonEventStore(neon, AccountEvent.CODEC))
                    .satisfies(e -> assertThat(e.getMessage()).containsIgnoringCase(why))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(database.password()));
        }
    }

    @Test
    void aServerWithACertificateOfATrustedAuthorityIsTalkedToAndBoundToItsChannel() throws SQLException {
        PostgresDatabase database = trusting(SERVER.createDatabase()).with("channel_binding", "require");
        new NeonSchema(NeonUrl.parse(database.libpqUrl()), TestDatabases.settings()).migrate();

        try (NeonDatabase neon = NeonDatabase.open(database.libpqUrl(), TestDatabases.settings())) {
            NeonEventStore store = new NeonEventStore(neon, AccountEvent.CODEC);
            assertThat(store.append("account-1", List.of(new Registered("a"))).version())
                    .isEqualTo(1);
            try (Connection connection = neon.connections().connect();
                    var row = connection
                            .createStatement()
                            .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
            }
        }
    }

    @Test
    void aCertificateThatTheTrustStoreOfTheJvmDoesNotKnowIsRefused() {
        isRefused(plain(SERVER).with("sslmode", "verify-full"), "SSL error");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        try (PostgresServer untrusted = start(CERTIFICATES.untrusted())) {
            isRefused(trusting(plain(untrusted)), "SSL error");
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() {
        try (PostgresServer elsewhere = start(CERTIFICATES.wrongHost())) {
            isRefused(trusting(plain(elsewhere)), "hostname");
        }
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereChannelBindingOrACertificateIsDemanded() {
        PostgresDatabase database = Postgres.shared().administration();

        isRefused(database.with("channel_binding", "require"), "does not support SSL");
        isRefused(database.with("sslmode", "verify-full"), "does not support SSL");
    }
}
